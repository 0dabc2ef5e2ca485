import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRng } from '../../src/core/random';
import { builtCli, ensureBuilt } from '../support/built';
import { tinyExperiment } from '../support/cli';
import { until } from '../support/execution/counting';
import { swarm } from './support/swarm';

let folder: string;
beforeAll(ensureBuilt, 120_000);
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'zoo-swarm-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('workers that share a folder lose nothing and measure nothing twice, though half of them are killed', async () => {
  const {
    cells,
    kills,
    seconds: _,
    ...harm
  } = await swarm(folder, createRng(1), {
    ...{ workers: 4, seeds: 2, killEvery: 4_000, kills: 4 },
  });
  expect({ cells, harm }).toEqual({
    cells: expect.any(Number),
    harm: { lost: 0, changed: 0, twice: 0, leftBehind: 0 },
  });
  expect(cells).toBeGreaterThan(10);
  expect(kills).toBeGreaterThan(0);
}, 300_000);

/** A host of its own as far as a process can see: a name and process ids that mean nothing elsewhere. */
const namespaces = ['--uts', '--pid', '--fork', '--mount-proc', '--kill-child'];
const canMakeHosts = process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/unshare');

(canMakeHosts ? it : it.skip)(
  'another host takes over within a minute what a dead one was measuring, with no manual step',
  async () => {
    const slow = { ...tinyExperiment, protocol: { ...tinyExperiment.protocol, steps: 1_000_000_000 } };
    writeFileSync(join(folder, 'tiny.json'), JSON.stringify(slow));
    const onHost = (name: string, command: string) =>
      spawn('unshare', [...namespaces, 'sh', '-c', `hostname ${name}; exec ${builtCli} ${command}`], {
        cwd: folder,
        stdio: ['ignore', 'ignore', 'pipe'],
      });
    const claims = join(folder, 'out', 'claims');
    const namesIn = (place: string) =>
      existsSync(place) ? readdirSync(place).filter((name) => !name.startsWith('.')) : [];
    const ownersOf = (key: string) => namesIn(join(claims, key));
    const trained = () => namesIn(claims).find((key) => existsSync(join(folder, 'out', 'checkpoints', `${key}.bin`)));
    const first = onHost('first', 'run tiny.json --out out --only lstm --workers 1');
    await until(() => trained() !== undefined, 'a checkpoint of the first host');
    const key = trained()!;
    expect(ownersOf(key)).toEqual([expect.stringMatching(/^first/)]);
    first.kill('SIGKILL'); // takes everything on that host with it
    const died = performance.now();
    const second = onHost('second', 'work out --only lstm');
    let said = '';
    second.stderr!.setEncoding('utf8').on('data', (text: string) => (said += text));
    while (!ownersOf(key).some((name) => name.startsWith('second')) && performance.now() - died < 120_000)
      await new Promise((resolve) => setTimeout(resolve, 200));
    const seconds = (performance.now() - died) / 1000;
    const [owner] = ownersOf(key);
    second.kill('SIGKILL');
    await once(second, 'exit');
    expect({ owner, said }).toEqual({ owner: expect.stringMatching(/^second.*\.1$/), said: expect.any(String) });
    expect(seconds).toBeLessThan(60);
  },
  240_000,
);
