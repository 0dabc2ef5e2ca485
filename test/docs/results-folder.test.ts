import { join } from 'node:path';
import { discover } from '../../registry/discover';
import { Registry } from '../../registry/registry';
import { packageRoot } from '../../src/core/package';
import { resultsIn } from '../../src/docs/results-folder';

const registry = discover(new Registry(), 'studies');

test.each([
  ['tape', 'capability', 21],
  ['in-context-concepts', 'in-context-concepts', 3],
])('results/%s: of the study %s, every cell with its record', async (name, id, cells) => {
  const { study, manifest, stored } = await resultsIn(registry, join(packageRoot, 'results', name));
  expect(study.id).toBe(id);
  expect(manifest.cells).toHaveLength(cells);
  expect([...stored.keys()]).toEqual(manifest.cells.map(({ key }) => key));
  expect([...stored.values()].map(({ status }) => status)).toEqual(Array(cells).fill('finished'));
});
