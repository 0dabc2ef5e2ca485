import { unitFolders } from '../../registry/discover';
import type { Registry } from '../../registry/registry';
import type { RegisteredUnit } from '../../registry/units';
import { zooError } from '../core/errors';
import { nearestNames } from '../core/nearest';
import { parseSetting } from '../run/experiment/settings';
import { builtInProperties } from '../theory/built-in';
import { propertiesOfColumn, propertiesOfRow, type Given } from '../theory/of-units';
import type { TheoryQuestion, TheoryUnits } from './asked-theory';
import { askedOf } from './question';
import { openRegistry } from './units';

/** Every unit, those that families make of a name too. @throws unknown-unit, invalid-value or usage */
export async function namedUnits({ names, plugin, set }: TheoryQuestion, workingFolder: string): Promise<TheoryUnits> {
  const { registry } = await openRegistry(['architectures', 'tasks'], plugin, workingFolder);
  names.forEach((name, at) => {
    const kinds =
      names.length > 1 ? ([at === 0 ? 'architecture' : 'task'] as const) : (['architecture', 'task'] as const);
    if (kinds.some((kind) => registry.find(kind, name))) return;
    const nearest = kinds.flatMap((kind) => registry.nearest(kind, name).nearest);
    throw zooError('unknown-unit', { kind: kinds.length > 1 ? 'unit' : kinds[0], id: name, nearest });
  });
  const found = <K extends 'architecture' | 'task'>(kind: K) =>
    names.flatMap((name) => registry.find(kind, name) ?? []);
  return unitsOf(registry, set, { rows: found('architecture'), columns: found('task') });
}

/** The rows and columns that patterns mean; all where there is none. @throws unknown-unit, invalid-value or usage */
export async function selectedUnits(
  { plugin, set }: TheoryQuestion,
  grid: { readonly rows: readonly string[]; readonly columns: readonly string[] },
  workingFolder: string,
): Promise<TheoryUnits> {
  const { registry } = await openRegistry(unitFolders, plugin, workingFolder);
  const asked = askedOf(registry, { architectures: [], tasks: [] }, { ...grid, only: '' });
  const [rows, columns] = [asked?.architectures, asked?.tasks].map((ids) => (ids ?? []) as string[]);
  return unitsOf(registry, set, {
    rows: rows!.length ? rows!.map((id) => registry.resolve('architecture', id)) : registry.architectures(),
    columns: columns!.length ? columns!.map((id) => registry.resolve('task', id)) : registry.tasks(),
    isAll: true,
  });
}

interface Units {
  readonly rows: readonly RegisteredUnit<'architecture'>[];
  readonly columns: readonly RegisteredUnit<'task'>[];
  /** Whether there are to be no others. */
  readonly isAll?: boolean;
}

function unitsOf(registry: Registry, set: readonly string[], { rows, columns, isAll }: Units): TheoryUnits {
  const allRows = isAll ? rows : [...rows, ...registry.architectures()];
  const allColumns = isAll ? columns : [...columns, ...registry.tasks()];
  const given = settingsOf(
    set,
    [...allRows, ...allColumns].map(({ id }) => id),
  );
  const known = builtInProperties();
  const properties = <P, U extends RegisteredUnit>(
    units: readonly U[],
    written: Readonly<Record<string, P>>,
    of: (unit: U, settings: Given | undefined) => P,
  ) =>
    new Map(
      units.map((unit) => {
        const isWritten = !given.has(unit.id) && isBuiltIn(unit.origin) && Object.hasOwn(written, unit.id);
        return [unit.id, () => (isWritten ? written[unit.id]! : of(unit, given.get(unit.id)))];
      }),
    );
  return {
    rows: properties(allRows, known.rows, (unit, settings) => propertiesOfRow(registry, unit, settings)),
    columns: properties(allColumns, known.columns, (unit, settings) => propertiesOfColumn(registry, unit, settings)),
  };
}

const isBuiltIn = (origin: string): boolean => /^(architectures|tasks)\//.test(origin);

/** Hyperparameters by the unit that they are set of: `deltanet.layers=1`. @throws usage */
function settingsOf(set: readonly string[], ids: readonly string[]): Map<string, Given> {
  const given = new Map<string, Given>();
  for (const setting of set) {
    const id = ids.filter((each) => setting.startsWith(`${each}.`)).sort((a, b) => b.length - a.length)[0];
    if (id === undefined) {
      const first = setting.split('.')[0]!;
      const problem = `--set "${setting}": it must begin with the name of a row or column, as in deltanet.layers=1.`;
      throw zooError('usage', { problem, nearest: nearestNames(first, ids), command: 'zoo theory' });
    }
    const { path, value } = parseSetting(setting.slice(id.length + 1));
    given.set(id, { values: { ...given.get(id)?.values, [path.join('.')]: value }, place: '--set' });
  }
  return given;
}
