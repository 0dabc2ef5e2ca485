// The zoo as built in dist/, for the scripts beside this file.
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const root = dirname(dirname(import.meta.dirname));
export const zoo = (module) => createRequire(import.meta.url)(join(root, 'dist', module));

const { discover } = zoo('registry/discover');
const { Registry } = zoo('registry/registry');
const { ParameterLayout } = zoo('src/model/parameters');
const { enginesOf } = zoo('src/engine/select');

/** The zoo without plugins. */
export const builtIn = discover(new Registry(), 'architectures', 'engines');
/** Names of the engines. */
export const engineNames = enginesOf(builtIn).names();
/** Opens an engine by name. */
export const selectEngine = (name, options) => enginesOf(builtIn).open(name, options);
const { memoryOf } = zoo('src/model/traced-state');

/** A row's model, what it carries from token to token, and the layout of its parameters. */
export function modelOf({ architecture, hyperparameters, vocabulary }) {
  const unit = builtIn.resolve('architecture', architecture);
  const all = builtIn.hyperparameters(unit, hyperparameters, { place: architecture });
  const model = builtIn.create(unit).build(all, vocabulary);
  return { model, capabilities: unit.meta.capabilities, layout: new ParameterLayout(model.parameters) };
}
