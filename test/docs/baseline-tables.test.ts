import { readFileSync } from 'node:fs';
import { taskPages, withBaselines } from '../../src/docs/baseline-tables';
import { builtIn } from '../support/experiment';

const registry = builtIn();
const pages = [...taskPages(registry)];

it('knows the page of every task', () => {
  expect(pages.flatMap(([, units]) => units).length).toBe(registry.tasks().length);
});

// Others take long; test/tasks/pages measures all of them a second time.
it.each(['parity', 'counting-decimal'])('the page of %s has the table that npm run docs writes', (id) => {
  const [path, units] = pages.find(([path]) => path.endsWith(`${id}.md`))!;
  const page = readFileSync(path, 'utf8');
  expect(withBaselines(page, registry, units)).toBe(page);
  expect(
    withBaselines(
      page.replace(/^\| [a-z-]+ \| [\d.]+ \| [\d.]+ \| [\d.]+ \|.*$/m, '| x | 1 | 2 | 3 | 4 | 5 |'),
      registry,
      units,
    ),
  ).toBe(page);
});
