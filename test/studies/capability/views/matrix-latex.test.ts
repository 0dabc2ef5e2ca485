import { MatrixLatex } from '../../../../src/studies/capability/views/matrix-latex';
import { makeMatrix, smallMatrix, theoryMatrix } from '../../../support/matrix';

const options = { score: 'exact', palette: 'none' } as const;

test('a table for each level, each with all that its reader needs', () => {
  expect(new MatrixLatex().draw(smallMatrix(), options)).toMatchInlineSnapshot(`
   "% Capability matrix: test. In the preamble: \\usepackage[T1]{fontenc}, \\usepackage{booktabs}, \\usepackage{textcomp}.
   % Each cell: exact match in %, one seed, in range, near and far.
   % ● solves, ◕ extends, ◔ learnt in range, ○ not learnt, ✕ diverged, – not evaluated, ? borderline: noise leaves another verdict open. Names in brackets are baselines.
   % lengths: in range 1–40, near 41–100, far 101–256
   % the same for all rows: training lengths 1–40, steps 1000, batch size 64, learning rate 0.001
   % a run stops after 3 perfect looks in a row at trained lengths, one every 100 steps; steps done 1,000; sequences seen 64,000; parameters 10
   % borderline: lstm x reversal (not learnt to learnt in range)
   \\begin{table}
   \\centering
   \\footnotesize
   \\setlength{\\tabcolsep}{3pt}
   \\caption{test, regular: exact match in \\%, one seed, in range 1--40, near 41--100, far 101--256; $\\bullet$ solves, $\\oplus$ extends, $\\odot$ learnt in range, $\\circ$ not learnt, $\\times$ diverged, -- not evaluated, ? borderline: noise leaves another verdict open.}
   \\begin{tabular}{lc}
   \\toprule
   architecture & parity \\\\
   \\midrule
   lstm & $\\bullet$ 100 $\\cdot$ 100 $\\cdot$ \\phantom{0}99 \\\\
   transformer & $\\circ$ \\phantom{0}60 $\\cdot$ \\phantom{0}50 $\\cdot$ \\phantom{0}\\phantom{0}-- \\\\
   (uniform) & $\\circ$ \\phantom{0}50 $\\cdot$ \\phantom{0}50 $\\cdot$ \\phantom{0}50 \\\\
   (oracle) & $\\bullet$ 100 $\\cdot$ 100 $\\cdot$ 100 \\\\
   \\bottomrule
   \\end{tabular}
   \\end{table}
   \\begin{table}
   \\centering
   \\footnotesize
   \\setlength{\\tabcolsep}{3pt}
   \\caption{test, deterministic-context-free: exact match in \\%, one seed, in range 1--40, near 41--100, far 101--256; $\\bullet$ solves, $\\oplus$ extends, $\\odot$ learnt in range, $\\circ$ not learnt, $\\times$ diverged, -- not evaluated, ? borderline: noise leaves another verdict open.}
   \\begin{tabular}{lc}
   \\toprule
   architecture & reversal \\\\
   \\midrule
   lstm & $\\odot$? \\phantom{0}97 $\\cdot$ \\phantom{0}25 $\\cdot$ \\phantom{0}\\phantom{0}0 \\\\
   transformer & not run \\\\
   (uniform) & $\\circ$ \\phantom{0}\\phantom{0}4 $\\cdot$ \\phantom{0}\\phantom{0}0 $\\cdot$ \\phantom{0}\\phantom{0}0 \\\\
   (oracle) & $\\bullet$ 100 $\\cdot$ 100 $\\cdot$ 100 \\\\
   \\bottomrule
   \\end{tabular}
   \\end{table}
   "
  `);
});

test('many columns of a level are spread over tables that fit a page', () => {
  const tasks = Array.from({ length: 9 }, (_, at): [string, string] => [`task-${at}`, 'regular']);
  const matrix = makeMatrix({ architectures: ['lstm'], baselines: [], tasks }, []);
  const latex = new MatrixLatex().draw(matrix, options);
  expect([...latex.matchAll(/begin\{tabular\}\{(\w+)\}/g)].map(([, columns]) => columns)).toEqual([
    'lccc',
    'lccc',
    'lccc',
  ]);
});

test('what became of predictions, with symbols that need no package', () => {
  const text = new MatrixLatex().draw(theoryMatrix(), options);
  for (const cell of [
    '\\textbf{!!}$\\bullet$',
    '$\\neq$$\\bullet$',
    '$\\surd$$\\bullet$',
    '$\\diamond$$\\odot$',
    '$\\approx$$\\circ$',
  ])
    expect(text).toContain(`& ${cell}`);
  expect(text).toMatch(/caption\{.*\$\\surd\$ agrees with theory/);
});
