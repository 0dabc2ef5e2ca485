import type { Matrix } from '../summarise/matrix';

/** More cells than these are drawn as small as can still be read, where nothing else is asked. */
const most = 600;

export const isLarge = ({ cells }: Matrix): boolean => cells.length > most;
