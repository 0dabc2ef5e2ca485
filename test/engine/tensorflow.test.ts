import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../src/core/package';
import tf from '../../src/engine/tensorflow';

it('brings gradients, the backend cpu and the methods of tensors', () => {
  const x = tf.tensor1d([1, 2, 3]);
  const cubes = tf.grad((each) => tf.mul(tf.square(each), each));
  expect([...cubes(x).dataSync()]).toEqual([3, 12, 27]);
  expect([...(x as unknown as { add(other: number): typeof x }).add(1).dataSync()]).toEqual([2, 3, 4]);
  expect(tf.findBackendFactory('cpu')).toBeDefined();
});

it('has the gradients of the installed tfjs-core', () => {
  const made = spawnSync(process.execPath, [join(packageRoot, 'scripts/gradients.mjs')], { encoding: 'utf8' });
  expect([made.status, made.stderr]).toEqual([0, '']);
  expect(readFileSync(join(packageRoot, 'src/engine/tfjs-gradients.js'), 'utf8')).toBe(made.stdout);
});
