/**
 * Levels of the Chomsky hierarchy, refined by what counters and nondeterminism add; weakest first. `counter` is what real-time
 * machines with any number of counters do (Fischer, Meyer and Rosenberg 1968): some of it is beyond context-free languages.
 */
export const chomskyLevels = [
  'regular',
  'counter',
  'deterministic-context-free',
  'context-free',
  'context-sensitive',
  'polynomial-time',
  // Of a list of examples: what language they come from, nobody said.
  'unknown',
] as const;
/** A level of the hierarchy. */
export type ChomskyLevel = (typeof chomskyLevels)[number];
