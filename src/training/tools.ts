import type { Topic } from "./model.js";

/** Of a resource: what one has in hand. */
export const RESOURCE_KINDS = [
  "toolkit",
  "manual",
  "framework",
  "model_law",
  "directory",
  "software",
  "other",
] as const;
export type ResourceKind = (typeof RESOURCE_KINDS)[number];

export type Tool = {
  title: string;
  kind: ResourceKind;
  topics: readonly Topic[];
  /** ISO 639-1. */
  langs: readonly string[];
  url: string;
  /** `resource`: the page of the tool itself. `publisher`: a page of its publisher from which it is found. */
  page: "resource" | "publisher";
  publisher: string;
  year?: number;
};

const UNODC = "UNODC";
const SITE = "https://www.unodc.org";

/**
 * The tools that the annex of the background paper lists, with every body alike. Titles and years are those printed on
 * them; a page is given only where it is known to be the tool's own.
 */
export const TOOLS: readonly Tool[] = [
  {
    title: "Toolkit to Combat Smuggling of Migrants",
    kind: "toolkit",
    topics: ["investigation", "protection_and_referral", "international_cooperation", "human_rights"],
    langs: ["en", "ar", "es", "ru"],
    url: `${SITE}/unodc/en/human-trafficking/migrant-smuggling/toolkit-to-combat-smuggling-of-migrants.html`,
    page: "resource",
    publisher: UNODC,
    year: 2010,
  },
  {
    title: "Basic Training Manual on Investigating and Prosecuting the Smuggling of Migrants",
    kind: "manual",
    topics: ["investigation", "financial_investigation", "international_cooperation", "human_rights"],
    langs: ["en"],
    url: `${SITE}/unodc/en/human-trafficking/publications.html`,
    page: "publisher",
    publisher: UNODC,
    year: 2010,
  },
  {
    title: "In-depth Training Manual on Investigating and Prosecuting the Smuggling of Migrants",
    kind: "manual",
    topics: ["investigation", "interviewing", "protection_and_referral", "international_cooperation"],
    langs: ["en"],
    url: `${SITE}/unodc/en/human-trafficking/migrant-smuggling/in-depth-training-manual-on-smuggling-of-migrants.html`,
    page: "resource",
    publisher: UNODC,
    year: 2011,
  },
  {
    title: "International Framework for Action to Implement the Smuggling of Migrants Protocol",
    kind: "framework",
    topics: ["international_cooperation", "protection_and_referral", "data_and_analysis", "border_management"],
    langs: ["en"],
    url: `${SITE}/unodc/en/human-trafficking/migrant-smuggling/international-framework-for-action-to-implement-the-smuggling-of-migrants-protocol.html`,
    page: "resource",
    publisher: UNODC,
    year: 2011,
  },
  {
    title: "Model Law against the Smuggling of Migrants",
    kind: "model_law",
    topics: ["investigation", "international_cooperation", "human_rights"],
    langs: ["en"],
    url: `${SITE}/unodc/en/human-trafficking/publications.html`,
    page: "publisher",
    publisher: UNODC,
    year: 2010,
  },
  {
    title: "Directory of Competent National Authorities (CNA directory)",
    kind: "directory",
    topics: ["international_cooperation", "maritime"],
    langs: ["en"],
    url: "https://sherloc.unodc.org/cld/en/st/cna/CNA.html",
    page: "resource",
    publisher: UNODC,
  },
  {
    title: "Mutual Legal Assistance Request Writer Tool",
    kind: "software",
    topics: ["international_cooperation", "investigation"],
    langs: ["en", "fr", "es", "pt", "ru"],
    url: `${SITE}/mla/index.html`,
    page: "resource",
    publisher: UNODC,
  },
];
