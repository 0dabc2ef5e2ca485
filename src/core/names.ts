/** Of an experiment, which is the name of its folder too. */
export const namePattern = /^[A-Za-z0-9][\w.-]{0,99}$/;
/** Of a row or column that an experiment names itself. */
export const labelPattern = /^[a-z0-9][a-z0-9./-]{0,99}$/;
