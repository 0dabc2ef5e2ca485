// A main process for tests that kill it: runs the counting cells given as JSON in its last argument.
import type { Cell } from '../../../src/core/contracts/record';
import { ProcessPool } from '../../../src/run/workers/process-pool';

const { runner, location, cells, workers } = JSON.parse(process.argv.at(-1)!) as {
  runner: string;
  location: string;
  cells: Cell[];
  workers: number;
};
const pool = new ProcessPool({
  runner,
  runnerOptions: { storeLocation: location, engine: 'cpu', threads: 1 },
  workers,
});
void pool.run(cells, () => {}, new AbortController().signal);
