import type { Figure } from '../../src/core/contracts/figure';

/** Bars in categories with intervals and guessing; one that is nothing. */
export const bars: Figure = {
  id: 'accuracy',
  title: 'A trace pays where steps are serial',
  caption: 'Exact match in range, median of 3 seeds.',
  panels: [
    {
      title: '',
      x: { title: 'column', scale: 'category' },
      y: { title: 'in range', isShare: true },
      series: ['chain of thought', 'direct', 'filler'].map((name, row) => ({
        name,
        mark: 'bar',
        points: ['s3', 'modular-arithmetic', 'parity', 'brackets', 'k-parity', 'permutation-composition'].map(
          (x, column) => {
            const y = Math.max(0, 0.97 - 0.22 * row - 0.04 * column * row);
            return { x, y, low: Math.max(0, y - 0.08), high: Math.min(1, y + 0.02) };
          },
        ),
      })),
      references: [{ axis: 'y', at: 0.5, label: 'guessing' }],
    },
  ],
};

/** Points of few seeds on a category axis, with one that was not reached; lines beside it over a logarithmic axis. */
export const samples: Figure = {
  id: 'samples',
  title: 'Samples until parity is answered without error',
  caption: 'Median of 3 seeds, least to most; small dots are seeds.',
  panels: [
    {
      title: 'n = 12',
      x: { title: 'secret bits', scale: 'category' },
      y: { title: 'samples', scale: 'log' },
      series: [
        {
          name: 'chain of thought',
          points: [1, 2, 3, 4, 5].map((k) => ({
            x: String(k),
            y: 50_000 + 6000 * k,
            low: 45_000 + 6000 * k,
            high: 60_000 + 8000 * k,
            samples: [1, 2, 3].map((seed) => ({ seed, y: 40_000 + 6000 * k + 5000 * seed })),
          })),
        },
        {
          name: 'direct',
          isDashed: true,
          points: [
            { x: '1', y: 40_000 },
            { x: '2', y: 60_000 },
            { x: '3', y: 120_000 },
            { x: '4', y: 250_000 },
            { x: '5', y: null, note: '> 400k' },
          ],
        },
      ],
    },
    {
      title: 'accuracy',
      x: { title: 'length' },
      y: { title: 'exact', isShare: true },
      series: [
        {
          name: 'chain of thought',
          points: [...Array(40).keys()].map((x) => ({ x: x + 1, y: x < 24 ? 1 : 1 / (x - 22) })),
        },
        {
          name: 'direct',
          isDashed: true,
          points: [...Array(40).keys()].map((x) => ({ x: x + 1, y: x < 24 ? 1 : 0.8 / (x - 22) })),
        },
      ],
      bands: [{ from: 1, to: 24, label: 'trained' }],
      references: [{ axis: 'x', at: 30, label: 'near' }],
    },
  ],
};
