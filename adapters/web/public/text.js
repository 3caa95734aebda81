// Slack's text objects. Coord's renderer sends words as plain_text and formatting as rich_text;
// mrkdwn, should one come, shows letter by letter.

export const plainOf = (object) => object?.text ?? "";

export const textObject = (object) => (object ? [document.createTextNode(object.text)] : []);
