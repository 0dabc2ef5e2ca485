/** The text of an error. */
export interface Message {
  /** What happened, with the value and the place. */
  readonly what: string;
  /** Nearest valid names, best first. */
  readonly nearest?: readonly string[];
  /** What to try: a command, a key, a place to look. */
  readonly remedy: string;
}

export const list = (names: readonly string[]): string => names.join(', ');
