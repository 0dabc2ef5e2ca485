import { isPlainObject } from './validation';

/** `under` with the values of `over` on top, object by object; lists are replaced whole. */
export function overlaid(under: object, over: object | undefined): object {
  const result: Record<string, unknown> = { ...under };
  for (const [key, value] of Object.entries(over ?? {})) {
    const below = result[key];
    result[key] = isPlainObject(below) && isPlainObject(value) ? overlaid(below, value) : value;
  }
  return result;
}

/** A value at the end of a path such as `a.b.c`, as objects within each other. */
export const nested = (path: string, value: unknown): object =>
  path.split('.').reduceRight<unknown>((inner, key) => ({ [key]: inner }), value) as object;
