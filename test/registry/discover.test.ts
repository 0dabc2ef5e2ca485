import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { discover } from '../../registry/discover';
import { packageRoot } from '../../src/core/package';
import { Registry } from '../../registry/registry';

const modules = (folder: string) => readdirSync(join(packageRoot, folder)).filter((file) => file.endsWith('.ts'));

it('finds every module of tasks/ and architectures/', () => {
  const registry = discover(new Registry(), 'tasks', 'architectures');
  const origins = new Set(
    [...registry.tasks(), ...registry.architectures(), ...registry.baselines()].map(({ origin }) => origin),
  );
  const files = ['tasks', 'architectures'].flatMap((folder) => modules(folder).map((file) => join(folder, file)));
  expect([...origins].sort()).toEqual(files.sort());
});

it('knows where the page of every unit is', () => {
  const registry = discover(new Registry(), 'tasks', 'architectures');
  const units = [...registry.tasks(), ...registry.architectures(), ...registry.baselines()];
  expect(units.filter(({ pages }) => !pages.some((page) => existsSync(page))).map(({ id }) => id)).toEqual([]);
});

it('walks only the folders that are asked for', () => {
  const registry = discover(new Registry(), 'tasks');
  expect(registry.tasks().length).toBeGreaterThanOrEqual(5);
  expect(registry.architectures()).toEqual([]);
});
