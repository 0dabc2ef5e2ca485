import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { InferenceSession } from 'onnxruntime-node';
import { packageRoot } from '../../../src/core/package';
import { decodeSafetensors } from '../../../src/run/store/safetensors';
import { zoo } from '../../support/cli';

const shipped = join(packageRoot, 'results/quick');
let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'zoo-export-'))));
afterEach(() => rmSync(folder, { recursive: true }));
const exported = (...words: string[]) => zoo(['export', ...words, '--in', shipped], { workingFolder: folder });
const bytesOf = (name: string) => new Uint8Array(readFileSync(join(folder, name)));

it('writes ONNX that onnxruntime opens, in both forms, and says how near its logits are', async () => {
  const whole = await exported('lstm x parity', '--length', '6', '--batch', '2', '--json');
  expect(whole.json()).toMatchObject({
    form: 'whole',
    time: 6,
    batch: 2,
    check: { by: expect.stringContaining('onnxruntime') },
  });
  expect(whole.json<{ check: { difference: number } }>().check.difference).toBeLessThan(1e-5);
  const step = await exported('lstm x parity', '--form', 'step');
  expect(step.stderr).toMatch(/onnxruntime .* opens it; its logits differ from ours by at most \d\.\de[-+]\d/);
  expect(readdirSync(folder).sort()).toEqual(['lstm-parity-1-step.onnx', 'lstm-parity-1.onnx']);
  const session = await InferenceSession.create(join(folder, 'lstm-parity-1-step.onnx'));
  expect(session.inputNames).toEqual(['token', 'position', 'state.0.cell', 'state.0.hidden']);
  expect(session.outputNames).toEqual(['logits', 'next_state.0.cell', 'next_state.0.hidden']);
});

it('writes the same weights as safetensors and npz, and those are what the record names', async () => {
  await exported('904213ab8de7', '--format', 'safetensors', '--out', 'w.safetensors');
  await exported('stack-rnn x reversal', '--format', 'npz');
  const { tensors, metadata } = decodeSafetensors(bytesOf('w.safetensors'))!;
  expect(metadata).toMatchObject({ row: 'stack-rnn', column: 'reversal', seed: '1' });
  const names = Object.keys(unzipSync(bytesOf('stack-rnn-reversal-1.npz')));
  expect(names).toEqual(tensors.map(({ name }) => `${name}.npy`));
  const kept = readdirSync(join(shipped, 'weights')).map((name) =>
    decodeSafetensors(new Uint8Array(readFileSync(join(shipped, 'weights', name))))!,
  );
  expect(kept.map((file) => file.tensors)).toContainEqual(tensors);
});

it('says what it cannot write', async () => {
  const { stderr, exitCode } = await exported('transformer x parity');
  expect([exitCode, stderr]).toEqual([expect.any(Number), expect.stringContaining('--keep weights measures it again')]);
  expect(exitCode).not.toBe(0);
});
