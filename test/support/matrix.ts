import type { CellRecord } from '../../src/core/contracts/record';
import type { Stored } from '../../src/core/contracts/store';
import { buildMatrix, type Matrix } from '../../src/studies/capability/summarise/matrix';
import { makeManifest, makeRecord, type GivenManifest, type GivenPrediction, type GivenRecord } from './records';

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

/** Rows whose predictions came to one thing each, in the order of the legend of theory, three seeds on parity. */
export function theoryMatrix(): Matrix {
  const rows: readonly [row: string, triple: Triple, prediction: Omit<GivenPrediction, 'architecture' | 'task'>][] = [
    ['a-row-with-a-longer-name', [1, 1, 1], { expressible: 'cannot beyond a length', evidence: 'theorem', binds: 65 }],
    ['surprising', [1, 1, 1], { extends: 'not expected', extensionEvidence: 'empirical law' }],
    ['able', [1, 1, 1], { expressible: 'can', evidence: 'theorem' }],
    ['untaught', [1, 0.5, 0.5], { expressible: 'can', evidence: 'theorem' }],
    ['unable', [0.5, 0.5, 0.5], { expressible: 'cannot', evidence: 'theorem' }],
    ['unknown', [1, 1, 1], {}],
  ];
  return makeMatrix(
    {
      architectures: rows.map(([row]) => row),
      baselines: ['uniform'],
      tasks: [['parity', 'regular']],
      seeds: [1, 2, 3],
      predictions: rows.map(([architecture, , prediction]) => ({
        architecture,
        task: 'parity',
        propositions: ['R4'],
        ...prediction,
      })),
    },
    [
      ...rows.flatMap(([architecture, triple]) => [1, 2, 3].map((seed) => ({ architecture, seed, ...scores(triple) }))),
      { architecture: 'uniform', baseline: true, ...scores([0.5, 0.5, 0.5]) },
    ],
  );
}
