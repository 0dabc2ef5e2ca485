// Adds two vectors on the engine that `auto` takes, and says which that was and what it noted. Runs the built sources.
require('reflect-metadata');
const tf = require('@tensorflow/tfjs-core');
const { discover } = require('../../../dist/registry/discover');
const { Registry } = require('../../../dist/registry/registry');
const { enginesOf } = require('../../../dist/src/engine/select');

const notes = [];
const signature = [{ shape: [3], dtype: 'float32' }];

async function compute() {
  const engine = await enginesOf(discover(new Registry(), 'engines')).open('auto', { threads: 1 }, (note) =>
    notes.push(note),
  );
  const program = await engine.compile((x) => [tf.add(tf.mul(x, x), x)], signature, {
    label: 'a test',
    origin: 'a test',
  });
  const [result] = await program.run([engine.upload(Float32Array.of(1, 2, 3), signature[0])]);
  process.stdout.write(JSON.stringify({ engine: engine.name, result: [...(await engine.read(result))], notes }));
}

compute().catch((error) => {
  process.stdout.write(JSON.stringify({ error: String(error), notes }));
  process.exitCode = 1;
});
