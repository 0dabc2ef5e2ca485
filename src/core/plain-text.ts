/** Control characters, marks that reverse the order of letters, and what XML forbids. */
const characters = '\\p{Cc}\\p{Cs}\\p{NChar}\\u061c\\u200e\\u200f\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069\\ufeff';

/** What no output of ours may have of a text from elsewhere; line breaks count. */
export const unprintable = new RegExp(`[${characters}]`, 'gu');

/** One line, not endless, that can be shown as it is. */
export const plainText = new RegExp(`^[^${characters}]{0,2000}$`, 'u');
