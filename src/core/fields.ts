import { Matches, ValidateIf } from 'class-validator';
import { plainText } from './plain-text';

/** Rules for fields that several of the written contracts have. */

/** Null, or what the other rules of the field say. */
export const OrNull = () => ValidateIf((_, value) => value !== null);
/** A field of one line that can be shown as it is. */
export const IsPlainText = () =>
  Matches(plainText, { message: '$property must be a text of one line without control characters' });
/** The same of every text of a list. */
export const IsPlainTexts = () => Matches(/^[^\p{Cc}]*$/u, { each: true });
/** SHA-256 in hexadecimal. */
export const IsDigest = () => Matches(/^[0-9a-f]{64}$/);
