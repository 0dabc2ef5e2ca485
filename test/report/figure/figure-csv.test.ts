import { parse } from 'csv-parse/sync';
import { figuresCsv } from '../../../src/report/figure/figure-csv';
import { bars, samples } from '../../support/figures';

it('has a line for each seed, or for the point where seeds are not known', () => {
  const rows: Record<string, string>[] = parse(figuresCsv([bars, samples]), { columns: true });
  const of = (figure: string, series: string, x: string) =>
    rows.filter((row) => row.figure === figure && row.series === series && row.x === x && row.panel !== 'accuracy');
  expect(of('accuracy', 'direct', 's3')).toEqual([
    expect.objectContaining({ seed: '', y: '0.75', low: '0.67', high: '0.77' }),
  ]);
  expect(of('samples', 'chain of thought', '2').map(({ seed, y, low }) => [seed, y, low])).toEqual([
    ['1', '57000', ''],
    ['2', '62000', ''],
    ['3', '67000', ''],
  ]);
  expect(of('samples', 'direct', '5')).toEqual([expect.objectContaining({ y: '', note: '> 400k' })]);
  expect(rows).toHaveLength(18 + 15 + 5 + 80);
});
