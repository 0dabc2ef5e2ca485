import type { Figure, Series } from '../../../core/contracts/figure';
import type { Surveyed } from './surveyed';

/** Capability of each kind of row at each level; nothing where the manifest tells no kinds, or there is one level. */
export function figuresOfKinds({ kinds, leaderboard, matrix: { seeds } }: Surveyed): Figure[] {
  const levels = kinds[0]?.levels ?? [];
  if (levels.length < 2) return [];
  const series = kinds.map(({ kind, rows, levels: own }): Series => ({
    name: `${kind} (${rows.length})`,
    mark: 'dot',
    points: own.map(({ level, capability, interval }) => ({
      x: level,
      y: capability,
      ...(interval && { low: interval.low, high: interval.high }),
    })),
  }));
  return [
    {
      id: 'capability-by-level',
      title: 'Capability of kinds of rows, level by level',
      caption: `Mean over the rows of a kind (in brackets how many) and the ${leaderboard.compared.length} compared columns, a family of tasks counting as one; ${seeds[0] === seeds[1] ? seeds[0] : seeds.join(' to ')} seeds, bars are 95 % intervals over seeds and test sequences. 0 is guessing, 1 all three ranges solved.`,
      panels: [
        {
          title: '',
          x: { title: 'level', scale: 'category' },
          y: { title: 'capability', domain: [0, 1] },
          series,
        },
      ],
    },
  ];
}
