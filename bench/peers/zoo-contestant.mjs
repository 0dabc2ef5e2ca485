// The zoo's side of the comparison: the same conversation as contestant.py, with the training step that `zoo run` takes.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { modelOf, zoo } from './zoo.mjs';

const { createRng } = zoo('registry/random');
const { Protocol } = zoo('registry/protocol');
const { selectEngine } = zoo('src/engine/select');
const { TrainingSession } = zoo('src/training/session');
const { versions } = zoo('src/training/provenance');

const [folder, options] = process.argv.slice(2);
const { threads } = JSON.parse(options);
const read = (name, Type) => {
  const bytes = readFileSync(join(folder, name));
  return new Type(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4).slice();
};
const row = JSON.parse(readFileSync(join(folder, 'row.json'), 'utf8'));
const { batch: rows, tokens: time } = row;
const batch = {
  tokens: read('tokens.i32', Int32Array),
  targets: read('targets.i32', Int32Array),
  weights: new Float32Array(rows * time).fill(1),
  rows,
  time,
};
const { model, layout } = modelOf(row);
const protocol = new Protocol();
Object.assign(protocol, { batchSize: rows });
Object.assign(protocol.optimiser, { warmUpShare: 0, finalShare: 1 }); // a constant learning rate
const zeros = () => new Float32Array(layout.count);
const session = new TrainingSession(
  await selectEngine('onnx', { threads }),
  model,
  layout,
  protocol,
  row.architecture,
  {
    parameters: read('weights.f32', Float32Array),
    firstMoment: zeros(),
    secondMoment: zeros(),
  },
);
const bucket = { lengths: [], tokens: time };
const rng = createRng('peers');
let taken = 0;
const step = () => session.step(++taken, bucket, batch, rng);
const say = (message) => process.stdout.write(`${JSON.stringify(message)}\n`);

const losses = [];
while (losses.length < 5) losses.push(await step());
say({
  version: `chomsky-zoo ${versions()['chomsky-zoo']}, onnxruntime-node ${versions()['onnxruntime-node']}`,
  losses,
});
for await (const line of createInterface({ input: process.stdin })) {
  const milliseconds = [];
  for (let left = JSON.parse(line).steps; left > 0; left--) {
    const started = performance.now();
    await step();
    milliseconds.push(performance.now() - started);
  }
  say({ milliseconds });
}
