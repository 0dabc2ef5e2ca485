import { escapeSequences, unprintable } from '../core/plain-text';

const breaks = /[\t\n\v\f\r\x85\u2028\u2029]+/g;

/**
 * Text from elsewhere, such as the name of a unit or the reason of a failure, as one line that is safe in every output:
 * escape sequences and control characters could move the cursor of a terminal, recolour what follows or break a file.
 */
export const printable = (text: string): string =>
  /^[ -~]*$/.test(text) ? text : text.replace(escapeSequences, '').replace(breaks, ' ').replace(unprintable, '');

/** The same for text of several lines, which stay lines. */
export const printableLines = (text: string): string =>
  text
    .split(/\r\n|\r|\n/)
    .map(printable)
    .join('\n');

const colour = /(\x1b\[[\d;]*m)/;

/**
 * The same for lines that we have made: of escape sequences those that choose a colour stay, and a line may end as lines of
 * CSV do (RFC 4180).
 */
export const printableColoured = (text: string): string =>
  text
    .split(/(\r?\n)/)
    .map((line, at) => (at % 2 ? line : printableParts(line)))
    .join('');

const printableParts = (line: string): string =>
  line
    .split(colour)
    .map((part, at) => (at % 2 ? part : printable(part)))
    .join('');

/** JSON in which no character is one that a terminal would obey. */
export const printableJson = (value: unknown): string =>
  JSON.stringify(value).replace(unprintable, (character) =>
    [...Array(character.length).keys()]
      .map((at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`)
      .join(''),
  );
