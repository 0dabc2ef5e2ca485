// The zoo as built in dist/, for the scripts beside this file.
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const root = dirname(dirname(import.meta.dirname));
export const zoo = (module) => createRequire(import.meta.url)(join(root, 'dist', module));

const { discover } = zoo('registry/discover');
const { Registry } = zoo('registry/registry');
const { ParameterLayout } = zoo('src/model/parameters');
const { memoryOf } = zoo('src/model/traced-state');

/** A row's model, what it carries from token to token, and the layout of its parameters. */
export function modelOf({ architecture, hyperparameters, vocabulary }) {
  const registry = discover(new Registry(), 'architectures');
  const unit = registry.resolve('architecture', architecture);
  const model = new unit.unitClass().build(
    registry.hyperparameters(unit, hyperparameters, { place: architecture }),
    vocabulary,
  );
  return { model, memory: memoryOf(model), layout: new ParameterLayout(model.parameters) };
}
