import { writeFileSync } from 'node:fs';
import { discover } from '../../registry/discover';
import { Registry } from '../../registry/registry';
import { figuresFile, keyOf, tracedFigures } from '../model/figures';

/** The last part of `npm run build`: what `zoo list` says of built-in rows, so that it need not trace them all. */
const registry = discover(new Registry(), 'architectures');
const figures = registry.architectures().map((unit) => {
  const hyperparameters = registry.hyperparameters(unit, {}, { place: unit.id });
  return [keyOf(unit, hyperparameters), tracedFigures(unit, hyperparameters)] as const;
});
writeFileSync(figuresFile, JSON.stringify(Object.fromEntries(figures)));
