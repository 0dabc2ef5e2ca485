/** Special tokens that have the same id in every vocabulary. Models need them only where the length of the input matters. */
export const paddingToken = 0;
/** Ends the input. */
export const equalsToken = 1;
