// Teams' look, for Microsoft's renderer. Colours are CSS variables, so light and dark follow the page.

const pair = (name) => ({ default: `var(--ac-${name})`, subtle: `var(--ac-${name}-subtle)` });

const foregrounds = {
  default: pair("text"),
  dark: pair("text"),
  light: pair("light"),
  accent: pair("accent"),
  good: pair("good"),
  warning: pair("warning"),
  attention: pair("attention"),
};

const style = (name) => ({
  backgroundColor: `var(--ac-${name}-back)`,
  borderColor: `var(--ac-${name}-border)`,
  foregroundColors: foregrounds,
});

export const hostConfig = (AC) =>
  new AC.HostConfig({
    fontFamily: "inherit",
    // Below the page's name and the screen's.
    textBlock: { headingLevel: 3 },
    fontTypes: {
      default: { fontFamily: "inherit", fontSizes: { small: 12, default: 14, medium: 16, large: 18, extraLarge: 22 } },
      monospace: {
        fontFamily: "var(--mono)",
        fontSizes: { small: 12, default: 13, medium: 15, large: 17, extraLarge: 21 },
      },
    },
    lineHeights: { small: 16, default: 20, medium: 22, large: 24, extraLarge: 30 },
    spacing: { small: 4, default: 8, medium: 12, large: 16, extraLarge: 24, padding: 12 },
    separator: { lineThickness: 1, lineColor: "var(--ac-line)" },
    containerStyles: {
      default: style("default"),
      emphasis: style("emphasis"),
      accent: style("accent"),
      good: style("good"),
      attention: style("attention"),
      warning: style("warning"),
    },
    imageSizes: { small: 32, medium: 52, large: 100 },
    actions: {
      maxActions: 6,
      spacing: "default",
      buttonSpacing: 8,
      showCard: { actionMode: "inline", inlineTopMargin: 8, style: "emphasis" },
      actionsOrientation: "horizontal",
      actionAlignment: "left",
    },
    adaptiveCard: { allowCustomStyle: true },
    factSet: {
      title: { color: "default", size: "default", weight: "bolder", wrap: true, maxWidth: 160 },
      value: { color: "default", size: "default", weight: "default", wrap: true },
      spacing: 16,
    },
    inputs: {
      label: {
        inputSpacing: "small",
        requiredInputs: { weight: "default", suffix: " *", suffixColor: "attention" },
        optionalInputs: { weight: "default" },
      },
      errorMessage: { color: "attention", spacing: "small" },
    },
  });
