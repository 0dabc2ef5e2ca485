import type { Figure, Panel, Series } from '../../core/contracts/figure';
import { shiftTitles, type EpochResult } from './body';
import { highLoss } from './decline';
import { overEpochs, type Run } from './over-epochs';
import { shifts } from './prompts';

/** What the model learns along, for whoever reads. */
export const directionTitles = {
  telling: 'tells the signs apart',
  shared: 'shared by both signs',
  noise: 'noise',
} as const;
export type Direction = keyof typeof directionTitles;
export const directions = Object.keys(directionTitles) as readonly Direction[];

/** The figures of the paper: learning, what weights do along directions, and errors under shifts. */
export function figuresOf(runs: readonly Run[]): Figure[] {
  if (runs.length === 0) return [];
  const seeds = `median of ${runs.length === 1 ? 'one seed' : `${runs.length} seeds, with the least and the most of them`}`;
  const series = (name: string, value: (result: EpochResult) => number): Series => ({
    name,
    points: overEpochs(runs, value),
  });
  const x = { title: 'epoch' };
  const products = (of: 'attention' | 'readOut'): Series[] =>
    directions.map((direction) => series(directionTitles[direction], (result) => result[of][direction]));
  const error: Panel['y'] = { title: 'error', scale: 'log', isShare: true };
  return [
    {
      id: 'learning',
      title: 'The error falls while cross-entropy is still high',
      caption: `Test prompts as trained, and cross-entropy in training: ${seeds}.`,
      panels: [
        { title: '', x, y: error, series: [series('test', ({ errors }) => errors.none)] },
        {
          title: '',
          x,
          y: { title: 'cross-entropy', domain: [0, 0.8] },
          series: [series('test', ({ testLoss }) => testLoss), series('training', ({ trainLoss }) => trainLoss)],
          references: [{ axis: 'y', at: highLoss, label: 'counted as high above' }],
        },
        {
          title: '',
          x,
          y: { title: 'attention on the right sign', isShare: true },
          series: [series('test', ({ correctAttention }) => correctAttention)],
        },
      ],
    },
    {
      id: 'projections',
      title: 'Weights grow along what tells the signs of a concept apart',
      caption: `Largest product of the weights along directions of a kind: ${seeds}.`,
      panels: [
        { title: 'attention', x, y: { title: 'largest |u A u|' }, series: products('attention') },
        { title: 'read-out', x, y: { title: 'largest |w u|' }, series: products('readOut') },
      ],
    },
    {
      id: 'shifts',
      title: 'Prompts that differ from those trained on are answered, too',
      caption: `Error by how test prompts differ: ${seeds}.`,
      panels: [
        {
          title: '',
          x,
          y: error,
          series: shifts.map((shift) => series(shiftTitles[shift], ({ errors }) => errors[shift])),
        },
      ],
    },
  ];
}
