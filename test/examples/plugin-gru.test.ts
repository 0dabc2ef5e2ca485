import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import plugin, { Gru } from '../../examples/plugin-gru/gru';
import { loadPlugin } from '../../registry/plugins';
import { Registry } from '../../registry/registry';
import { architectureConformance } from '../../src/testing/architecture-conformance';
import { describeGolden, goldenFiles } from '../support/architectures/golden';
import { projectRoot } from '../support/architectures/discover';

beforeAll(() => tf.setBackend('cpu'));

describe('conformance', () => {
  for (const { name, applies, run } of architectureConformance(Gru)) (applies ? it : it.skip)(name, run);
});

for (const { file, golden } of goldenFiles('test/examples/golden')) describeGolden(file, golden, Gru);

it('loads like any plugin, with its page', async () => {
  const registry = new Registry();
  const { units } = await loadPlugin(registry, join(projectRoot, 'examples', 'plugin-gru', 'gru.ts'));
  expect(units.map(({ id }) => id)).toEqual(['example/gru']);
  expect(units[0]!.origin).toBe(`plugin ${plugin.name}@${plugin.version}`);
  expect(registry.resolve('architecture', 'example/gru').meta.title).toBe('GRU');
});
