import { stripVTControlCharacters } from 'node:util';

const breaks = /[\t\n\v\f\r\x85\u2028\u2029]+/g;
/** Control characters, marks that reverse the order of letters, and what XML forbids. */
const unprintable = /[\p{Cc}\p{Cs}\p{NChar}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu;

/**
 * Text from elsewhere, such as the name of a unit or the reason of a failure, as one line that is safe in every output:
 * escape sequences and control characters could move the cursor of a terminal, recolour what follows or break a file.
 */
export const printable = (text: string): string =>
  /^[ -~]*$/.test(text) ? text : stripVTControlCharacters(text).replace(breaks, ' ').replace(unprintable, '');

/** The same for text of several lines, which stay lines. */
export const printableLines = (text: string): string =>
  text
    .split(/\r\n|\r|\n/)
    .map(printable)
    .join('\n');
