import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { discover } from '../../registry/discover';
import { packageRoot } from '../core/package';
import { Registry } from '../../registry/registry';
import './write-atlas';
import './write-report';
import './write-study-pictures';
import { taskPages, withBaselines } from './baseline-tables';
import { claimsPage, claimsTable } from './claims-table';
import { pagesWithTables, withTable } from './tables';

/** `npm run docs`: renews the tables of docs/ from what units say of themselves, and those of task pages from their samplers. */
const registry = discover(new Registry(), 'tasks', 'architectures');
for (const [file, tableOf] of Object.entries(pagesWithTables)) {
  const path = join(packageRoot, file);
  writeFileSync(path, withTable(readFileSync(path, 'utf8'), tableOf(registry)));
}
for (const [path, units] of taskPages(registry))
  writeFileSync(path, withBaselines(readFileSync(path, 'utf8'), registry, units));

void claimsTable().then((table) => {
  const path = join(packageRoot, claimsPage);
  writeFileSync(path, withTable(readFileSync(path, 'utf8'), table));
});
