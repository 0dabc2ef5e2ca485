import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../src/core/package';
import { claimsPage, claimsTable } from '../../src/docs/claims-table';
import { withTable } from '../../src/docs/tables';
import { readCatalogue } from '../../src/literature/claim-catalogue';

const read = () => readFileSync(join(packageRoot, claimsPage), 'utf8');

it('the page of claims is what the shipped records say; npm run docs renews it', async () => {
  expect(read()).toBe(withTable(read(), await claimsTable()));
});

it('has every claim with a heading of its own', () => {
  const headings = [...read().matchAll(/^### (\d+)\. /gm)].map(([, id]) => Number(id));
  expect(headings).toEqual(readCatalogue().map(({ id }) => id));
});
