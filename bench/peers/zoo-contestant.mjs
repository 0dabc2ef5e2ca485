// The zoo's side of the comparison: the same conversation as contestant.py, with the training step that `zoo run` takes,
// or, where the row says how many tokens to decode, with the greedy decoding of its evaluation.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { modelOf, selectEngine, zoo } from './zoo.mjs';

const { createRng } = zoo('src/core/random');
const { Protocol } = zoo('src/core/protocol');
const { CompiledModel } = zoo('src/model/generate/compiled-model');
const { recurrentRows } = zoo('src/evaluation/model-predictor');
const { TrainingSession } = zoo('src/train/session');
const { versions } = zoo('src/train/provenance');

const [folder, options] = process.argv.slice(2);
const { threads, engine: chosen } = JSON.parse(options);
const read = (name, Type) => {
  const bytes = readFileSync(join(folder, name));
  return new Type(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4).slice();
};
const row = JSON.parse(readFileSync(join(folder, 'row.json'), 'utf8'));
const { batch: rows, tokens: time } = row;
const { model, memory, layout } = modelOf(row);
const engine = await selectEngine(chosen, { threads });
const tokens = read('tokens.i32', Int32Array);
const parameters = read('weights.f32', Float32Array);

/** Whole training steps on the same batch, at a constant learning rate; each returns its loss. */
function trainer() {
  const batch = {
    tokens,
    targets: read('targets.i32', Int32Array),
    scored: Array(rows).fill({ first: 0, count: time }),
    rows,
    time,
  };
  const protocol = new Protocol();
  Object.assign(protocol, { batchSize: rows });
  Object.assign(protocol.optimiser, { warmUpShare: 0, finalShare: 1 });
  const zeros = () => new Float32Array(layout.count);
  const session = new TrainingSession({ engine, model, layout, protocol, label: row.architecture });
  let weights = session.upload({ parameters, firstMoment: zeros(), secondMoment: zeros() });
  const bucket = { lengths: [], tokens: time };
  const rng = createRng('peers');
  let taken = 0;
  return async () => {
    const next = await session.step(weights, { step: ++taken, bucket, batch, rng });
    weights = next.weights;
    return next.loss;
  };
}

/** Whole decodings from the same prompts, as many at once as in an evaluation; each returns the tokens. */
function decoder() {
  const compiled = new CompiledModel(engine, model, layout, parameters, row.architecture);
  const atOnce = Math.min(rows, recurrentRows(memory, layout.count));
  const decoded = (start) =>
    compiled.decode(tokens.subarray(start * time, (start + atOnce) * time), atOnce, time, row.limit, () => false);
  return async () => {
    const pieces = [];
    for (let start = 0; start < rows; start += atOnce) pieces.push(...(await decoded(start)));
    return pieces;
  };
}

const step = row.limit ? decoder() : trainer();
const say = (message) => process.stdout.write(`${JSON.stringify(message)}\n`);

const first = [];
while (first.length < (row.limit ? 1 : 5)) first.push(await step());
const { instructions } = engine.versions; // of the vectors that it compiles for
say({
  version: [`chomsky-zoo ${versions()['chomsky-zoo']}`, `engine ${engine.name}: ${engine.description}`, instructions]
    .filter(Boolean)
    .join(', '),
  first,
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
