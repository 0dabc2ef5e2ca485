import { lengthRanges, scoreKindOf, view, type Plugin, type View, type ViewOptions } from 'chomsky-zoo';
import type { Matrix, MatrixCell } from 'chomsky-zoo/studies';

/** A text in content brackets: what Typst takes for markup is escaped. */
const content = (text: string): string => `[${text.replace(/[\\#$*_`<>@~[\]/=+-]/g, '\\$&')}]`;

/** White at chance of nothing, green where every answer is right. */
const colour = (score: number): string =>
  `color.mix((white, ${Math.round(100 - 100 * score)}%), (green, ${Math.round(100 * score)}%))`;

/** The matrix as a table of a document that Typst compiles: a cell has its three scores. */
@view({
  of: 'matrix',
  format: 'typst',
  title: 'Matrix for Typst',
  summary: 'A table for documents in Typst, filled by accuracy.',
})
export class MatrixTypst implements View<Matrix> {
  draw(matrix: Matrix, { score }: ViewOptions): string {
    const columns = matrix.groups.flatMap((group) => group.columns);
    const rows = matrix.rows.map(({ id }) =>
      [content(id), ...columns.map((column) => this.cell(matrix.cell(id, column.id), score))].join(', '),
    );
    return [
      `#table(columns: ${columns.length + 1},`,
      `  table.header([], ${columns.map(({ id }) => content(id)).join(', ')}),`,
      ...rows.map((row) => `  ${row},`),
      ')',
    ].join('\n');
  }

  private cell({ summary }: MatrixCell, score: ViewOptions['score']): string {
    if (!summary) return '[–]';
    const scores = lengthRanges.map((range) => summary.ranges[range]?.score?.[scoreKindOf(score)]);
    const text = scores.map((each) => (typeof each === 'number' ? Math.round(100 * each) : '–')).join(' / ');
    return `table.cell(fill: ${colour(scores[0] ?? 0)})${content(text)}`;
  }
}

const plugin: Plugin = { name: 'zoo-matrix-typst', version: '0.1.0', zoo: '^0.1.0', views: [MatrixTypst] };
export default plugin;
