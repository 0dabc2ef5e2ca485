import type { CellRecord } from '../../src/core/contracts/record';
import type { Stored } from '../../src/core/contracts/store';
import { buildMatrix, type Matrix } from '../../src/studies/capability/summarise/matrix';
import { makeManifest, makeRecord, type GivenManifest, type GivenRecord } from './records';

export const storedRecords = (given: readonly GivenRecord[]): Map<string, Stored<CellRecord>> =>
  new Map(
    given.map((each) => {
      const record = makeRecord(each);
      return [record.key, { status: 'finished', record }];
    }),
  );

export const makeMatrix = (manifest: GivenManifest, records: readonly GivenRecord[]): Matrix =>
  buildMatrix({ manifest: makeManifest(manifest), stored: storedRecords(records) });

type Triple = [inRange: number | null, near: number | null, far: number | null];
const scores = ([inRange, near, far]: Triple) => ({ inRange, near, far });

/** Two rows and two baselines on two columns, with one cell of each interesting kind. */
export function smallMatrix(): Matrix {
  const of = (architecture: string, task: string, triple: Triple): GivenRecord => ({
    architecture,
    task,
    ...scores(triple),
  });
  const guess = (architecture: string, task: string, triple: Triple): GivenRecord => ({
    ...of(architecture, task, triple),
    baseline: true,
  });
  return makeMatrix({ inapplicable: [] }, [
    of('lstm', 'parity', [1, 1, 0.999]),
    of('lstm', 'reversal', [0.97, 0.25, 0]),
    of('transformer', 'parity', [0.6, 0.5, null]),
    guess('uniform', 'parity', [0.5, 0.5, 0.5]),
    guess('uniform', 'reversal', [0.04, 0, 0]),
    guess('oracle', 'parity', [1, 1, 1]),
    guess('oracle', 'reversal', [1, 1, 1]),
  ]);
}
