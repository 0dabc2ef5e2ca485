import { writeFileSync } from 'node:fs';
import { discover } from '../../registry/discover';
import { Registry } from '../../registry/registry';
import { figuresFile, keyOf, tracedFigures, type WrittenFigures } from '../model/figures';
import { tracedTheory } from '../model/traced-theory';

/** The last part of `npm run build`: what `zoo list` says of built-in rows, so that it need not trace them all. */
const registry = discover(new Registry(), 'architectures');
const figures = registry.architectures().map((unit) => {
  const hyperparameters = registry.hyperparameters(unit, {}, { place: unit.id });
  const figures: WrittenFigures = {
    ...tracedFigures(unit, hyperparameters),
    theory: tracedTheory(unit, hyperparameters),
  };
  return [keyOf(unit, hyperparameters), figures] as const;
});
writeFileSync(figuresFile, JSON.stringify(Object.fromEntries(figures)));
