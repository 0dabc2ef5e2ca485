import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { keyOf, tracedFigures } from '../../src/model/figures';
import { tracedTheory } from '../../src/model/traced-theory';
import { builtCli, ensureBuilt } from '../support/built';
import { builtIn } from '../support/experiment';

beforeAll(ensureBuilt, 300_000);

it('writes what a trace finds of every built-in row, where the built code looks for it', () => {
  const registry = builtIn();
  const written: unknown = JSON.parse(readFileSync(join(dirname(builtCli), '..', 'model', 'figures.json'), 'utf8'));
  const traced = registry.architectures().map((unit) => {
    const hyperparameters = registry.hyperparameters(unit, {}, { place: unit.id });
    const figures = { ...tracedFigures(unit, hyperparameters), theory: tracedTheory(unit, hyperparameters) };
    return [keyOf(unit, hyperparameters), figures];
  });
  expect(written).toEqual(Object.fromEntries(traced));
});
