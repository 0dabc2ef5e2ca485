import { basename, extname } from 'node:path';
import { familyOfName } from '../core/names';
import type { Registry } from '../../registry/registry';
import type { RegisteredUnit } from '../../registry/units';

/**
 * What units that are counted as one have in common: the unit that all of them are variants of, or its module, which may
 * define several, such as the languages of Tomita. Of a plugin it is the unit.
 */
export function familyOf<K extends 'architecture' | 'task'>(registry: Registry, unit: RegisteredUnit<K>): string {
  const { kind, meta, id, code } = unit;
  const base = meta.variantOf === undefined ? undefined : registry.find(kind, meta.variantOf);
  if (base) return familyOf(registry, base);
  const place = code.at(-1);
  return place && 'file' in place ? basename(place.file, extname(place.file)) : id;
}

/** For a manifest: nothing where the name of a row or column tells its family. */
export function familyBeside<K extends 'architecture' | 'task'>(
  registry: Registry,
  unit: RegisteredUnit<K>,
  shown: string,
): { readonly family?: string } {
  const family = familyOf(registry, unit);
  return family === familyOfName(shown) ? {} : { family };
}
