import { csvOf, type CsvField } from '../csv';
import type { Figure } from '../../core/contracts/figure';

const titles = ['figure', 'panel', 'series', 'x', 'seed', 'y', 'low', 'high', 'note'];

/** Figures as one tidy table: a line for each seed of a point where its seeds are known, else a line for the point. */
export const figuresCsv = (figures: readonly Figure[]): string =>
  csvOf(
    titles,
    figures.flatMap(({ id, panels }) =>
      panels.flatMap((panel) =>
        panel.series.flatMap(({ name, points }) =>
          points.flatMap(({ x, y, low, high, samples, note }): CsvField[][] => {
            const head = [id, panel.title, name, x];
            if (!samples?.length) return [[...head, null, y, low, high, note]];
            return samples.map((sample) => [...head, sample.seed, sample.y, null, null, note]);
          }),
        ),
      ),
    ),
  );
