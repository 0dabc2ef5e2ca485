import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../src/core/package';
import { pagesWithTables, withTable } from '../../src/docs/tables';
import { builtIn } from '../support/experiment';

const registry = builtIn();
const read = (file: string) => readFileSync(join(packageRoot, file), 'utf8');

describe.each(Object.entries(pagesWithTables))('%s', (file, tableOf) => {
  it('is what units say of themselves; npm run docs renews it', () => {
    expect(read(file)).toBe(withTable(read(file), tableOf(registry)));
  });

  it('links to pages that are there', () => {
    const targets = [...tableOf(registry).matchAll(/\]\((\.\.[^)]*)\)/g)].map(([, target]) => target!);
    expect(targets.length).toBeGreaterThanOrEqual(file === 'docs/studies.md' ? 1 : 11);
    expect(targets.filter((target) => !existsSync(join(packageRoot, 'docs', target)))).toEqual([]);
  });
});

it('names every task and architecture once', () => {
  for (const [file, units] of [
    ['docs/tasks.md', registry.tasks()],
    ['docs/architectures.md', registry.architectures()],
    ['docs/theory.md', registry.architectures()],
  ] as const) {
    const table = /<!-- [^]*?-->([^]*)<!-- /.exec(read(file))![1]!;
    const named = [...table.matchAll(/^\| \[?`([^`]+)`/gm)].map(([, id]) => id!);
    expect(named.sort()).toEqual(units.map(({ id }) => id));
  }
});

it('puts a table at the end of a page without one, and renews it in place', () => {
  const first = withTable('# Page\n', '| a |');
  expect(first).toMatch(/^# Page\n\n<!-- .* -->\n\n\| a \|\n\n<!-- .* -->\n$/);
  expect(withTable(`${first}\nMore.\n`, '| b |')).toBe(`${first.replace('| a |', '| b |')}\nMore.\n`);
});
