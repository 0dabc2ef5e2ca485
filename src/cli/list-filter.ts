import type { Registry } from '../../registry/registry';
import type { RegisteredUnit, UnitKind } from '../../registry/units';
import type { OtherName } from '../core/contracts/other-name';
import { zooError } from '../core/errors';
import { nearestNames } from '../core/nearest';
import { idsMeant, selectors, type Kin } from '../studies/selection';

/** What is asked of the units that are listed; each narrows what the others leave. */
export interface ListFilter {
  readonly level: readonly string[];
  readonly family: readonly string[];
  readonly search?: string;
}

/**
 * The units of some kinds that are meant, by kind.
 * @throws usage where nothing is, with the nearest levels or families
 */
export function unitsMeant(registry: Registry, kinds: readonly UnitKind[], filter: ListFilter) {
  const all = kinds.map((kind) => [kind, registry.all(kind)] as const);
  const found = new Map(all.map(([kind, units]) => [kind, units.filter(meantBy(filter, units))]));
  if ([...found.values()].some((units) => units.length > 0)) return found;
  throw nothing(
    all.flatMap(([, units]) => units),
    filter,
  );
}

function meantBy({ level, family, search }: ListFilter, units: readonly RegisteredUnit[]) {
  const idsOf = (selector: string, words: readonly string[]) =>
    words.length > 0
      ? new Set(words.flatMap((word) => idsMeant(units as readonly Kin[], `${selector}:${word}`)))
      : undefined;
  const [ofLevel, ofFamily] = [idsOf('level', level), idsOf('family', family)];
  return (unit: RegisteredUnit): boolean =>
    (ofLevel?.has(unit.id) ?? true) && (ofFamily?.has(unit.id) ?? true) && isFound(unit, search);
}

/** Whether every word is somewhere in the name, title, summary, or the names that other suites have for it. */
function isFound({ id, meta }: RegisteredUnit, search = ''): boolean {
  const { otherNames = [] } = meta as { readonly otherNames?: readonly OtherName[] };
  const text = [id, meta.title, meta.summary, ...otherNames.map(({ name }) => name)].join(' ').toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

function nothing(units: readonly RegisteredUnit[], { level, family, search }: ListFilter) {
  const [option, words, known] = level.length
    ? (['--level', level, [...selectors.level!(units as readonly Kin[]).keys()]] as const)
    : family.length
      ? (['--family', family, [...selectors.family!(units as readonly Kin[]).keys()]] as const)
      : (['--search', [search!], units.map(({ id }) => id)] as const);
  const nearest = words.flatMap((word) => nearestNames(word, known));
  const others = option === '--level' && nearest.length === 0 ? ` Levels are ${known.join(', ')}.` : '';
  const problem = `Nothing that is listed here fits what is asked: ${option} "${words.join(', ')}".${others}`;
  return zooError('usage', { problem, nearest, command: 'zoo list' });
}
