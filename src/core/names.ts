/** Of an experiment, which is the name of its folder too. */
export const namePattern = /^[A-Za-z0-9][\w.-]{0,99}$/;
/** Of a row or column that an experiment names itself. */
export const labelPattern = /^[a-z0-9][a-z0-9./-]{0,99}$/;

/** A name without a swept setting: "mqar" of "mqar{keys=32}". */
export const familyOfName = (name: string): string => name.replace(/\{.*$/s, '');
