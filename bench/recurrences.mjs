// Rows that train in a parallel form beside the same rows unrolled over time, taking turns in one process.
//
//   node bench/recurrences.mjs                                    every row that has both forms
//   node bench/recurrences.mjs deltanet gla --tokens 256          some rows, another length
//   node bench/recurrences.mjs --set layers=1 --set width=32      other sizes, where a row knows them
//   node bench/recurrences.mjs --engine onnx                      another engine than --engine auto takes
//
// Prints a table in Markdown. Times are of the processor, one thread, medians. The first step compiles; its time is of
// the clock, since a C compiler is another process, and what that compiled in an earlier run is there at once. Build
// the project first.
import { createRequire } from 'node:module';
import { parseArgs } from 'node:util';
import { median } from './peers/results.mjs';
import { selectEngine, zoo } from './peers/zoo.mjs';

const { createRng } = zoo('src/core/random');
const { Protocol } = zoo('src/core/protocol');
const { Registry } = zoo('registry/registry');
const { discover } = zoo('registry/discover');
const { nativePasses } = zoo('src/engine/native/passes/pipeline');
const { onnxPasses } = zoo('src/engine/onnx/passes/pipeline');
const { optimise } = zoo('src/engine/passes/pipeline');
const { capture } = zoo('src/engine/trace/capture');
const { ParameterLayout } = zoo('src/model/parameters');
const { trainingStep } = zoo('src/model/programs');
const { TrainingSession } = zoo('src/train/session');
const { initialState } = zoo('src/train/training-state');

const { values: options, positionals: asked } = parseArgs({
  allowPositionals: true,
  options: {
    batch: { type: 'string', default: '64' },
    tokens: { type: 'string', default: '48' },
    vocabulary: { type: 'string', default: '16' },
    rounds: { type: 'string', default: '15' },
    engine: { type: 'string', default: 'auto' },
    set: { type: 'string', multiple: true, default: [] },
  },
});
const [rows, time, vocabulary, rounds] = ['batch', 'tokens', 'vocabulary', 'rounds'].map((name) =>
  Number(options[name]),
);
const settings = options.set.map((setting) => setting.split('=')).map(([name, value]) => [name, Number(value)]);

// Layers ask this module for `recurrence`; without `parallel` it unrolls the update.
const layers = createRequire(import.meta.url)('../dist/architectures/layers/recurrence.js');
const { recurrence } = layers;
let unrolling = false;
let hasParallelForm = false;
layers.recurrence = ({ parallel, ...parts }) => {
  hasParallelForm ||= parallel !== undefined;
  return recurrence(parallel && !unrolling ? { ...parts, parallel } : parts);
};

const engine = await selectEngine(options.engine, { threads: 1 });
const rng = createRng('recurrences');
const draw = () => Int32Array.from({ length: rows * time }, () => rng.integer(vocabulary));
const batch = { tokens: draw(), targets: draw(), scored: Array(rows).fill({ first: 0, count: time }), rows, time };
const bucket = { lengths: [], tokens: time };

/** Milliseconds of processor time. */
async function timed(work) {
  const before = process.cpuUsage();
  const result = await work();
  const { user, system } = process.cpuUsage(before);
  return { result, milliseconds: (user + system) / 1000 };
}

/** One form of a row, warm. Nodes are those of a step of the whole batch, which the engine may cut into pieces. */
async function contestant(unit, hyperparameters) {
  const model = new unit.unitClass().build(hyperparameters, vocabulary);
  const layout = new ParameterLayout(model.parameters);
  const protocol = Object.assign(new Protocol(), { batchSize: rows });
  const { program, signature } = trainingStep({ model, layout, optimiser: protocol.optimiser, rows, time });
  const own = engine.name === 'native' ? nativePasses : onnxPasses;
  const nodes = optimise(own, capture(program, signature, unit.meta.id, engine.name)).nodes.length;
  const session = new TrainingSession({ engine, model, layout, protocol, label: unit.meta.id });
  let weights = session.upload(initialState(layout, createRng('weights')).weights);
  const losses = [];
  const step = async () => {
    const taken = losses.length;
    const next = await session.step(weights, { step: taken + 1, bucket, batch, rng: rng.split(taken) });
    weights = next.weights;
    losses.push(next.loss);
  };
  const started = performance.now();
  await step(); // compiles
  const first = performance.now() - started;
  for (let warm = 0; warm < 2; warm++) await step();
  return { step, session, losses, nodes, first, milliseconds: [] };
}

console.log(`${engine.description}\n`);
console.log(`| row | unrolled, ms | parallel, ms | ratio | unrolled, nodes | parallel, nodes | unrolled, first step in s | parallel, first step in s |
| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |`);
const registry = discover(new Registry(), 'architectures');
for (const unit of registry.all('architecture')) {
  const { id, mode, variantOf } = unit.meta;
  if (asked.length > 0 ? !asked.includes(id) : mode || variantOf) continue;
  const known = new unit.meta.hyperparameters();
  const chosen = Object.fromEntries(settings.filter(([name]) => name in known));
  const hyperparameters = registry.hyperparameters(unit, chosen, { place: id });
  hasParallelForm = false;
  new unit.unitClass().build(hyperparameters, vocabulary);
  if (!hasParallelForm) continue;
  const forms = [];
  for (unrolling of [true, false]) forms.push(await contestant(unit, hyperparameters));
  for (let round = 0; round < rounds; round++)
    for (const form of forms) form.milliseconds.push((await timed(form.step)).milliseconds);
  const [unrolled, parallel] = forms;
  const [slow, fast] = forms.map(({ milliseconds }) => median(milliseconds));
  if (Math.abs(unrolled.losses[2] - parallel.losses[2]) > 1e-3)
    throw new Error(`${id}: the forms give different losses`);
  const cells = [
    slow.toFixed(1),
    fast.toFixed(1),
    (slow / fast).toFixed(2),
    unrolled.nodes,
    parallel.nodes,
    ...forms.map(({ first }) => (first / 1000).toFixed(2)),
  ];
  console.log(`| ${id} | ${cells.join(' | ')} |`);
  for (const { session } of forms) await session.dispose();
}
