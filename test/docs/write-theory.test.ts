import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { propertiesOfColumn, propertiesOfRow } from '../../src/theory/of-units';
import { theoryFolder } from '../../src/theory/propositions';
import { readTheory } from '../../src/theory/read';
import { builtCli, ensureBuilt } from '../support/built';
import { builtIn } from '../support/experiment';

beforeAll(ensureBuilt, 300_000);

const written = (file: string): unknown =>
  JSON.parse(readFileSync(join(dirname(builtCli), '..', 'theory', file), 'utf8'));

it('writes the propositions as they are read, where the built code looks for them', () => {
  expect(written('propositions.json')).toEqual(JSON.parse(JSON.stringify(readTheory(theoryFolder))));
});

it('writes what propositions ask of every built-in row and column', () => {
  const registry = builtIn();
  expect(written('built-in.json')).toEqual({
    rows: Object.fromEntries(registry.architectures().map((unit) => [unit.id, propertiesOfRow(registry, unit)])),
    columns: Object.fromEntries(registry.tasks().map((unit) => [unit.id, propertiesOfColumn(registry, unit)])),
  });
});
