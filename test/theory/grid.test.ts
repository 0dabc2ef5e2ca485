import { writeFileSync } from 'node:fs';
import { rowProperties } from '../../src/model/row-properties';
import { columnProperties } from '../../src/theory/column-properties';
import { builtIn } from '../support/experiment';
const registry = builtIn();
it('dumps', () => {
  const rows = Object.fromEntries(registry.architectures().map((u) => [u.id, rowProperties(u, registry.hyperparameters(u, {}, { place: u.id }))]));
  const columns = Object.fromEntries(registry.tasks().flatMap((u) => { try { return [[u.id, columnProperties(u.meta, registry.createTask(u.id))]]; } catch (e) { console.log(u.id, String(e)); return []; } }));
  writeFileSync('/tmp/pg/props.json', JSON.stringify({ rows, columns }, null, 1));
});
