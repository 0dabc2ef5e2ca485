import { writeFileSync } from 'node:fs';
import { discover } from '../../registry/discover';
import { Registry } from '../../registry/registry';
import { builtInFile, type BuiltIn } from '../theory/built-in';
import { propertiesOfColumn, propertiesOfRow } from '../theory/of-units';
import { propositionsFile, theoryFolder } from '../theory/propositions';
import { readTheory } from '../theory/read';

/** A part of `npm run build`: propositions, judged, and the properties of built-in units, so that `zoo theory` asks neither. */
const registry = discover(new Registry(), 'architectures', 'tasks');
const builtIn: BuiltIn = {
  rows: Object.fromEntries(registry.architectures().map((unit) => [unit.id, propertiesOfRow(registry, unit)])),
  columns: Object.fromEntries(registry.tasks().map((unit) => [unit.id, propertiesOfColumn(registry, unit)])),
};
writeFileSync(propositionsFile, JSON.stringify(readTheory(theoryFolder)));
writeFileSync(builtInFile, JSON.stringify(builtIn));
