import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeSafetensors } from '../../src/run/store/safetensors';
import { zoo } from '../support/cli';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'zoo-keep-'));
  writeFileSync(join(folder, 'tiny.json'), JSON.stringify(tiny));
});
afterEach(() => rmSync(folder, { recursive: true }));

const tiny = {
  name: 'tiny',
  architectures: ['lstm'],
  tasks: ['parity'],
  protocol: {
    trainingLengths: { maximum: 4 },
    steps: 2,
    batchSize: 4,
    heldOut: { every: 2, sequences: 8 },
    evaluation: { sequencesPerLength: 4, lengthsPerRange: 1 },
  },
};
const run = (...more: string[]) =>
  zoo(['run', 'tiny.json', '--only', 'lstm', '--workers', '0', ...more], { workingFolder: folder });
const files = (part: string) => readdirSync(join(folder, 'runs/tiny', part), { recursive: true, encoding: 'utf8' });
const recordOf = (row: string) => {
  const file = files('records').find((name) => name.startsWith(row) && name.endsWith('.json'))!;
  return JSON.parse(readFileSync(join(folder, 'runs/tiny/records', file), 'utf8')) as Record<string, unknown> & {
    provenance: { weights?: string };
  };
};

it('keeps weights with the records, measures anew what was finished without, and moves nothing that was measured', async () => {
  expect((await run()).exitCode).toBe(0);
  const { provenance: before, ...measured } = recordOf('lstm');
  expect(before.weights).toBeUndefined();

  const again = await run('--keep', 'weights');
  expect(again.stderr).toContain('Finished without weights: 1 of ');
  const { provenance, ...same } = recordOf('lstm');
  expect(same).toEqual(measured);
  expect(files('weights')).toEqual([`${provenance.weights}.safetensors`]);
  const { tensors, metadata } = decodeSafetensors(
    new Uint8Array(readFileSync(join(folder, 'runs/tiny/weights', files('weights')[0]!))),
  )!;
  expect(metadata).toMatchObject({ row: 'lstm', column: 'parity', seed: '1', key: measured.key });
  expect(tensors.map(({ name, shape }) => [name, shape])).toContainEqual([expect.any(String), expect.any(Array)]);

  const third = await run('--keep', 'weights');
  expect(third.stderr).not.toContain('Finished without weights');
  expect(recordOf('lstm').provenance).toEqual(provenance); // not measured again
});

it('keeps them where the experiment says so, whose cells have the keys that they have without', async () => {
  await run();
  const { key } = recordOf('lstm');
  rmSync(join(folder, 'runs'), { recursive: true });
  writeFileSync(join(folder, 'tiny.json'), JSON.stringify({ ...tiny, keep: ['weights'] }));
  await run();
  expect(recordOf('lstm').key).toBe(key);
  expect(files('weights')).toHaveLength(1);
});
