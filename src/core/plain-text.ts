/** Control characters, marks that reverse the order of letters, and what XML forbids. */
const characters = '\\p{Cc}\\p{Cs}\\p{NChar}\\u061c\\u200e\\u200f\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069\\ufeff';

/** What no output of ours may have of a text from elsewhere; line breaks count. */
export const unprintable = new RegExp(`[${characters}]`, 'gu');

/** What moves the cursor of a terminal, recolours what follows or links it; as Node.js strips it, also where there is no Node.js. */
export const escapeSequences =
  /[\x1b\x9b][[\]()#;?]*(?:(?:(?:(?:;[-a-zA-Z\d/#&.:=?%@~_]+)*|[a-zA-Z\d]+(?:;[-a-zA-Z\d/#&.:=?%@~_]*)*)?(?:\x07|\x1b\x5c|\x9c))|(?:(?:\d{1,4}(?:;\d{0,4})*)?[\dA-PR-TZcf-ntqry=><~]))/g;

/** One line, not endless, that can be shown as it is. */
export const plainText = new RegExp(`^[^${characters}]{0,2000}$`, 'u');
