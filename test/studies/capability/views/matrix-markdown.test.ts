import { MatrixMarkdown } from '../../../../src/studies/capability/views/matrix-markdown';
import { smallMatrix, theoryMatrix } from '../../../support/matrix';

const draw = (score: 'exact' | 'token') => new MatrixMarkdown().draw(smallMatrix(), { score, palette: 'none' });

test('a table for each level', () => {
  expect(draw('exact').replaceAll('\u2007', ' ')).toMatchInlineSnapshot(`
   "# Capability matrix: test

   ## Regular

   | architecture | parity |
   | --- | :---: |
   | lstm | ● 100 · 100 ·  99 |
   | transformer | ○  60 ·  50 ·   – |
   | (uniform) | ○  50 ·  50 ·  50 |
   | (oracle) | ● 100 · 100 · 100 |

   ## Deterministic-context-free

   | architecture | reversal |
   | --- | :---: |
   | lstm | ◔?  97 ·  25 ·   0 |
   | transformer | not run |
   | (uniform) | ○   4 ·   0 ·   0 |
   | (oracle) | ● 100 · 100 · 100 |

   - Each cell: exact match in %, one seed, in range, near and far.
   - ● solves, ◕ extends, ◔ learnt in range, ○ not learnt, ✕ diverged, – not evaluated, ? borderline: noise leaves another verdict open. Names in brackets are baselines.
   - lengths: in range 1–40, near 41–100, far 101–256
   - the same for all rows: training lengths 1–40, steps 1000, batch size 64, learning rate 0.001
   - a run stops after 3 perfect looks in a row at trained lengths, one every 100 steps; steps done 1,000; sequences seen 64,000; parameters 10
   - borderline: lstm x reversal (not learnt to learnt in range)
   "
  `);
});

test('token accuracy instead of exact match', () => expect(draw('token')).toContain('token accuracy in %'));

test('what became of predictions stands before verdicts', () => {
  const text = new MatrixMarkdown().draw(theoryMatrix(), { score: 'exact', palette: 'none' });
  for (const cell of ['| ▲● 3/3 100', '| ≠● 3/3', '| ✓● 3/3', '| ◇◔ 100', '| ≈○ ', '| ● 3/3'])
    expect(text).toContain(cell);
  expect(text).toContain('◇ learnability gap: can be expressed, not learnt');
});
