import fc from 'fast-check';
import { discover } from '../../registry/discover';
import { Registry } from '../../registry/registry';
import { formatOf, viewsOf } from '../../src/report/views';
import { makeMatrix } from '../support/matrix';
import { elementsOf } from '../support/xml';

const registry = discover(new Registry(), 'views');
const formats = ['csv', 'json', 'latex', 'markdown', 'svg', 'text'];

test.each(['matrix', 'leaderboard'])('a %s has every format, each described', (of) => {
  const views = viewsOf(registry, of);
  expect(views.map(formatOf).sort()).toEqual(
    [...formats, 'csv-by-length', ...(of === 'matrix' ? ['html'] : [])].sort(),
  );
  for (const { meta } of views) expect(meta).toMatchObject({ id: `${of}-${meta.format}`, of });
  for (const { meta } of views) expect(meta.summary).toMatch(/^[A-Z].*\.$/);
});

const name = fc.oneof(
  fc.string({ unit: 'binary', minLength: 1, maxLength: 12 }),
  fc.constantFrom('\x1b[31mred', 'a|b*_<c>', '=1+1', ']]>', '&amp;', '\u202egnp', '\x9b2J', '\\end{tabular}', '-->'),
);
const views = [...viewsOf(registry, 'matrix'), ...viewsOf(registry, 'leaderboard')];

test('no name brings a control character into any output, and pictures stay well-formed', async () => {
  await fc.assert(
    fc.asyncProperty(name, name, name, async (row, column, level) => {
      const matrix = makeMatrix({ architectures: [row], tasks: [[column, level]], inapplicable: [] }, [
        { architecture: row, task: column, inRange: 1, near: 0.5 },
      ]);
      for (const view of views) {
        const drawn = String(await registry.create(view).draw(matrix, { score: 'exact', palette: 'none', width: 80 }));
        expect(drawn.replace(/\r\n|\n/g, '')).not.toMatch(/[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/u);
        if (view.meta.format === 'svg') elementsOf(drawn);
      }
    }),
    { seed: 27, numRuns: 60 },
  );
});
