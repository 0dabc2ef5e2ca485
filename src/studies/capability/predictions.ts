import type { Registry } from '../../../registry/registry';
import { columnOf, rowOf } from '../../core/cell';
import type { Manifest } from '../../core/contracts/manifest';
import type { Cell, UnitChoice } from '../../core/contracts/record';
import type {
  ColumnProperties,
  ManifestPrediction,
  ManifestRowKind,
  ManifestTheory,
  Prediction,
  RowProperties,
} from '../../core/contracts/theory';
import { citedPropositions } from '../../theory/cite';
import { propertiesOfColumn, propertiesOfRow } from '../../theory/of-units';
import { predict } from '../../theory/predict';

/**
 * What theory says of every row and column that is measured, under the hyperparameters of its cells, with the propositions that
 * are used. Properties are derived once for each row and column with its hyperparameters.
 */
export function predictions(registry: Registry, { cells }: Pick<Manifest, 'cells'>): ManifestTheory {
  const rows = new Kept((choice) => rowOfChoice(registry, choice));
  const columns = new Kept((choice) => columnOfChoice(registry, choice));
  const pairs = new Map(cells.filter(isTrained).map((cell) => [`${rowOf(cell)}\n${columnOf(cell)}`, cell]));
  const found = [...pairs.values()].map((cell): ManifestPrediction => {
    const { architecture, task } = cell.specification;
    const [row, column] = [rows.of(architecture), columns.of(task)];
    const names = { architecture: rowOf(cell), task: columnOf(cell) };
    return { ...names, ...(row instanceof Error ? withoutProperties(row) : predict(row, column)) };
  });
  const kinds = new Map<string, ManifestRowKind>();
  for (const cell of pairs.values()) {
    const row = rows.of(cell.specification.architecture);
    if (!(row instanceof Error) && !kinds.has(rowOf(cell))) kinds.set(rowOf(cell), kindOf(rowOf(cell), row));
  }
  return {
    propositions: citedPropositions(found.flatMap(({ propositions }) => propositions)),
    predictions: found,
    rows: [...kinds.values()],
  };
}

const kindOf = (architecture: string, properties: RowProperties): ManifestRowKind => {
  const { mode, update, transition, leastEigenvalue, softmaxAttention, externalMemory } = properties;
  return { architecture, mode, update, transition, leastEigenvalue, softmaxAttention, externalMemory };
};

const isTrained = ({ specification }: Cell): boolean => specification.mode !== 'baseline';

class Kept<T> {
  private readonly known = new Map<string, T>();

  constructor(private readonly make: (choice: UnitChoice) => T) {}

  of(choice: UnitChoice): T {
    const key = JSON.stringify(choice);
    if (!this.known.has(key)) this.known.set(key, this.make(choice));
    return this.known.get(key)!;
  }
}

/** An error where its program cannot be traced: its cells tell it when they are trained, and others are none the worse. */
function rowOfChoice(registry: Registry, { id, hyperparameters: values }: UnitChoice): RowProperties | Error {
  try {
    return propertiesOfRow(registry, registry.resolve('architecture', id), { values, place: id });
  } catch (error) {
    return error as Error;
  }
}

const withoutProperties = ({ message }: Error): Prediction => ({
  expressible: 'no result',
  evidence: 'none',
  extends: 'no result',
  extensionEvidence: 'none',
  propositions: [],
  reason: `the program of the row cannot be traced: ${message.split('\n')[0]}`,
});

const columnOfChoice = (registry: Registry, { id, hyperparameters: values }: UnitChoice): ColumnProperties =>
  propertiesOfColumn(registry, registry.resolve('task', id), { values, place: id });
