// Who takes part: each is a command that measures a cell from nothing to a finished record, and what it then says of itself.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { experimentOf } from './handed-over.mjs';

const root = dirname(dirname(import.meta.dirname));
const zooCommand = join(root, 'dist', 'src', 'cli', 'main.js');

/** Looks of a run of the zoo, from the log that it writes as it goes, and what its record says. */
function readZoo(out, { row, column }) {
  const lines = readFileSync(join(out, 'logs', 'events.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map(JSON.parse);
  const looks = lines
    .filter((line) => line.row === row && line.column === column && line.look)
    .map(({ time, look }) => ({ step: look.step, exact: look.heldOut.exact, at: Date.parse(time) / 1000 }));
  const files = readdirSync(join(out, 'records'), { recursive: true }).filter((file) => file.endsWith('.json'));
  const records = files.map((file) => JSON.parse(readFileSync(join(out, 'records', file), 'utf8')));
  const record = records.find(({ specification }) => specification.architecture.id === row);
  const share = (range) => record.ranges[range].score?.exact ?? null;
  const versions = record.provenance.versions;
  return {
    version: `chomsky-zoo ${versions['chomsky-zoo']}, ${record.provenance.engine}`,
    steps: record.training.steps,
    looks,
    ranges: { inRange: share('inRange'), near: share('near'), far: share('far') },
  };
}

function readScript(file) {
  const { version, steps, curve, ranges } = JSON.parse(readFileSync(file, 'utf8'));
  return { version, steps, looks: curve, ranges };
}

const emptied = (folder) => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  return folder;
};

/** `zoo run` with a cache that is kept between runs, or with an empty one. */
const zooWith = (name, { folder, table }, { cold }) => ({
  name,
  isZoo: true,
  isWarm: !cold,
  prepare: ({ row, column }, seed) => {
    const out = emptied(join(folder, 'zoo-out'));
    const cache = cold ? emptied(join(folder, 'cold')) : join(folder, 'warm');
    const experiment = join(folder, 'verdicts.json');
    writeFileSync(experiment, JSON.stringify(experimentOf(table, seed)));
    const words = ['run', experiment, '--only', `${row} x ${column}`, '--log', 'jsonl', '--out', out];
    return {
      command: [process.execPath, zooCommand, ...words],
      environment: { XDG_CACHE_HOME: cache },
      read: () => readZoo(out, { row, column }),
    };
  },
});

const script = (name, python, file, folder, environment = {}) => ({
  name,
  isWarm: Object.keys(environment).length > 0,
  prepare: ({ row, column }, seed) => {
    const out = join(folder, 'record.json');
    rmSync(out, { force: true });
    const cell = join(folder, `${row}-${column}.json`);
    return {
      command: [python, join(import.meta.dirname, file), cell, String(seed), out],
      environment,
      read: () => readScript(out),
    };
  },
});

/** Everybody who can take part with the libraries that there are. */
export function contestants({ folder, table, python, libraries, onlyZoo }) {
  const kept = {
    JAX_COMPILATION_CACHE_DIR: join(folder, 'jax-cache'),
    JAX_PERSISTENT_CACHE_MIN_COMPILE_TIME_SECS: '0',
    JAX_PERSISTENT_CACHE_MIN_ENTRY_SIZE_BYTES: '-1',
  };
  const peers = [
    ...(libraries.includes('torch') ? [script('torch', python, 'torch_cell.py', folder)] : []),
    ...(libraries.includes('jax')
      ? [
          script('jax', python, 'jax_cell.py', folder),
          script('jax, compiled before', python, 'jax_cell.py', folder, kept),
        ]
      : []),
  ];
  return [
    zooWith('zoo', { folder, table }, { cold: false }),
    zooWith('zoo, cold', { folder, table }, { cold: true }),
    ...(onlyZoo ? [] : peers),
  ];
}
