/**
 * What it costs to share a folder: processor time of a run of many very short cells by `zoo run --workers 1`, by `zoo work`,
 * and with other builds of the command (--against PATH/TO/main.js), taking turns. Prints JSON.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    against: { type: 'string' },
    seeds: { type: 'string', default: '20' },
    rounds: { type: 'string', default: '3' },
  },
});
const ours = resolve(dirname(fileURLToPath(import.meta.url)), '..', 'dist', 'src', 'cli', 'main.js');
const home = mkdtempSync(join(tmpdir(), 'zoo-claims-'));
const experiment = {
  name: 'tiny',
  architectures: [{ id: 'lstm', hyperparameters: { hiddenSize: 4, embeddingWidth: 4 } }],
  tasks: ['parity', 'reversal', 'counting'],
  baselines: ['uniform'],
  seeds: Number(values.seeds),
  protocol: {
    trainingLengths: { maximum: 3 },
    steps: 4,
    batchSize: 4,
    heldOut: { every: 2, sequences: 4 },
    evaluation: { sequencesPerLength: 4, lengthsPerRange: 1 },
  },
};
writeFileSync(join(home, 'tiny.json'), JSON.stringify(experiment));
const cells = 3 * Number(values.seeds) + 3;

/** User and system seconds of a command and everything it starts. */
function seconds(command, ...words) {
  const { stderr, status } = spawnSync(
    'bash',
    ['-c', 'TIMEFORMAT="%U %S"; time "$@" >log 2>&1', 'bash', process.execPath, command, ...words],
    {
      cwd: home,
      encoding: 'utf8',
    },
  );
  if (status !== 0) throw new Error(`${words.join(' ')}: ${stderr}`);
  return stderr
    .trim()
    .split(' ')
    .reduce((sum, each) => sum + Number(each), 0);
}

const measured = { run: [], work: [], ...(values.against && { against: [] }) };
const out = () => mkdtempSync(join(home, 'out-'));
try {
  for (let round = 0; round < Number(values.rounds); round++) {
    measured.run.push(seconds(ours, 'run', 'tiny.json', '--workers', '1', '--out', out()));
    if (values.against)
      measured.against.push(seconds(values.against, 'run', 'tiny.json', '--workers', '1', '--out', out()));
    const folder = out();
    const begun = spawnSync(
      process.execPath,
      [ours, 'run', 'tiny.json', '--executor', 'shared-folder', '--detach', '--out', folder],
      { cwd: home, encoding: 'utf8' },
    );
    if (begun.status !== 0) throw new Error(begun.stderr);
    measured.work.push(seconds(ours, 'work', folder));
  }
} finally {
  rmSync(home, { recursive: true, force: true });
}
const median = (list) => [...list].sort((a, b) => a - b)[list.length >> 1];
console.log(
  JSON.stringify(
    {
      cells,
      secondsOfProcessorTime: measured,
      median: Object.fromEntries(Object.entries(measured).map(([name, list]) => [name, median(list)])),
    },
    null,
    1,
  ),
);
