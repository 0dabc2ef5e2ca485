// Processor time of putting a matrix together: 58 rows, 74 columns, three seeds, made-up records of 24 lengths.
//
//   node bench/matrix.mjs
//
// Prints the first time, which compiles, and the median of five more. Build the project first.
import { zoo } from './peers/zoo.mjs';

const { buildMatrix } = zoo('src/studies/capability/summarise/matrix');

const ranges = { inRange: [1, 8], near: [41, 48], far: [101, 108] };
const baselines = ['uniform', 'majority', 'position-table', 'oracle'];
const rows = [
  ...Array.from({ length: 54 }, (_, at) => ({ id: `row-${at}`, title: '', kind: 'architecture', claims: [] })),
  ...baselines.map((id) => ({ id, title: '', kind: 'baseline', claims: [], usesSolver: id === 'oracle' })),
];
const tasks = Array.from({ length: 74 }, (_, at) => ({ id: `task-${at}`, title: '', level: 'regular' }));
const unit = (id) => ({ id, version: 1, hyperparameters: {} });
const cells = rows.flatMap((row) =>
  tasks.flatMap((task) =>
    [1, 2, 3].map((seed) => ({
      key: `${row.id} ${task.id} ${seed}`,
      plugins: [],
      specification: { architecture: unit(row.id), task: unit(task.id), mode: 'direct', seed },
    })),
  ),
);
const score = { exact: 0.5, token: 0.75 };
const recordOf = ({ key, specification }) => ({
  key,
  specification,
  training: { outcome: 'completed' },
  lengths: Object.entries(ranges).flatMap(([range, [from, to]]) =>
    Array.from({ length: to - from + 1 }, (_, at) => ({ length: from + at, range, sequences: 128, score })),
  ),
  ranges: Object.fromEntries(
    Object.keys(ranges).map((range) => [range, { score, evaluatedLengths: 8, notEvaluatedLengths: 0 }]),
  ),
});
const sources = {
  manifest: { experiment: 'made up', architectures: rows, tasks, cells, inapplicable: [] },
  stored: new Map(cells.map((cell) => [cell.key, { status: 'finished', record: recordOf(cell) }])),
};

const seconds = Array.from({ length: 6 }, () => {
  const before = process.cpuUsage();
  buildMatrix(sources);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
});
const [first, ...others] = seconds;
const [, , median] = others.sort((a, b) => a - b);
console.log(`${cells.length} records: ${first.toFixed(2)} s the first time, ${median.toFixed(2)} s again`);
