import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Manifest } from '../../src/core/contracts/manifest';
import type { CellRecord } from '../../src/core/contracts/record';
import { tinyExperiment, workingFolder, zoo } from '../support/cli';

const folder = workingFolder();
const at = (...command: string[]) => zoo(command, { workingFolder: folder.path });
const run = (...more: string[]) => at('run', 'tiny.json', '--workers', '0', '--only', 'lstm', ...more);
const file = (...path: string[]) => join(folder.path, 'runs', 'tiny', ...path);
const kept = () => readFileSync(file('machine-kind'), 'utf8').trim();
const manifest = () => JSON.parse(readFileSync(file('manifest.json'), 'utf8')) as Manifest;
const trained = () =>
  readdirSync(file('records', 'lstm', 'parity')).map((name) => {
    const text = readFileSync(file('records', 'lstm', 'parity', name), 'utf8');
    return (JSON.parse(text) as CellRecord).provenance.machineKind;
  });

beforeEach(() => folder.write('tiny.json', tinyExperiment));

it('keeps an experiment to the kind of its first machine, and says so before anything is trained elsewhere', async () => {
  await run();
  expect(existsSync(file('machine-kind'))).toBe(false);
  expect(manifest().sameMachine).toBeUndefined();
  const [kind] = trained();
  expect(kind).toMatch(/^\w+, /);

  await run('--same-machine');
  expect([kept(), manifest().sameMachine]).toEqual([kind, true]);
  writeFileSync(file('machine-kind'), 'another\n');
  for (const refused of [await run('--seeds', '2'), await at('work', 'tiny', '--workers', '0')]) {
    expect(refused.exitCode).toBe(1);
    expect(refused.stderr).toMatch(
      /error other-machine[^]*kept to one kind of machine \(another\)[^]*--no-same-machine/,
    );
  }
  expect(trained()).toHaveLength(1);

  await run('--seeds', '2', '--no-same-machine');
  expect(existsSync(file('machine-kind'))).toBe(false);
  expect(manifest().sameMachine).toBeUndefined();
  expect(trained()).toEqual([kind, kind]);
});
