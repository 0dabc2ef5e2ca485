import type { Cell, CellRecord, CellSpecification } from '../../registry/contracts';

const baselineSeconds = 2;
/** What a trained token costs where nothing has been measured: small models, one thread, forward and backward. */
const secondsPerToken = 1.5e-5;
const fixedSeconds = 3;

/** Tokens a cell trains on: steps x batch x longest input with as long an answer. */
function trainedTokens({ protocol }: CellSpecification): number {
  return protocol.steps * protocol.batchSize * 2 * protocol.trainingLengths.maximum;
}

/**
 * Expected seconds of a cell. Measured cells of the same row and column say most, then those of the same row, then a
 * default for any row; each scaled by the tokens trained on.
 */
export function expectedSeconds(records: readonly CellRecord[]): (cell: Cell) => number {
  const rates = new Map<string, number[]>();
  for (const { specification, provenance } of records) {
    const rate = (provenance.trainingSeconds + provenance.evaluationSeconds) / trainedTokens(specification);
    for (const name of names(specification)) rates.set(name, [...(rates.get(name) ?? []), rate]);
  }
  return ({ specification }) => {
    if (specification.mode === 'baseline') return baselineSeconds;
    const measured = names(specification).map((name) => rates.get(name)).find(Boolean);
    if (!measured) return fixedSeconds + secondsPerToken * trainedTokens(specification);
    return trainedTokens(specification) * (measured.reduce((sum, rate) => sum + rate, 0) / measured.length);
  };
}

const names = ({ architecture, task }: CellSpecification): string[] => [`${architecture.id} x ${task.id}`, architecture.id];

/** Seconds until `workers` processes have run the cells, the longest first. */
export function expectedWallSeconds(cells: readonly Cell[], expected: (cell: Cell) => number, workers: number): number {
  const busyUntil = new Array<number>(Math.max(1, workers)).fill(0);
  for (const seconds of cells.map(expected).sort((a, b) => b - a)) {
    busyUntil[busyUntil.indexOf(Math.min(...busyUntil))]! += seconds;
  }
  return Math.max(...busyUntil);
}
