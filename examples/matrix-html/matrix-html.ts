import { lengthRanges, scoreKindOf, view, type Plugin, type View, type ViewOptions } from 'chomsky-zoo';
import type { Matrix, MatrixCell } from 'chomsky-zoo/studies';

const characters: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => characters[character]!);

/** White at chance of nothing, green where every answer is right. */
const colour = (score: number): string => `hsl(140 60% ${Math.round(100 - 45 * score)}%)`;

/** The matrix as a page that needs nothing else: a cell has its three scores, and its verdict when it is pointed at. */
@view({
  of: 'matrix',
  format: 'html',
  title: 'Matrix as a web page',
  summary: 'A table in HTML, coloured by accuracy.',
})
export class MatrixHtml implements View<Matrix> {
  draw(matrix: Matrix, { score }: ViewOptions): string {
    const columns = matrix.groups.flatMap((group) => group.columns);
    const head = ['', ...columns.map(({ id }) => id)].map((title) => `<th scope="col">${escaped(title)}</th>`).join('');
    const rows = matrix.rows.map(({ id }) => {
      const cells = columns.map((column) => this.cell(matrix.cell(id, column.id), score));
      return `<tr><th scope="row">${escaped(id)}</th>${cells.join('')}</tr>`;
    });
    return [
      '<!doctype html>',
      `<html lang="en"><head><meta charset="utf-8"><title>${escaped(matrix.experiment)}</title>`,
      '<style>body{font:14px system-ui}td,th{padding:.3em .6em;text-align:right}</style></head><body>',
      `<table><thead><tr>${head}</tr></thead><tbody>`,
      ...rows,
      '</tbody></table></body></html>',
    ].join('\n');
  }

  private cell({ summary, problems }: MatrixCell, score: ViewOptions['score']): string {
    if (!summary) return `<td title="${escaped(problems[0]?.reason ?? 'missing')}">–</td>`;
    const scores = lengthRanges.map((range) => summary.ranges[range]?.score?.[scoreKindOf(score)]);
    const text = scores.map((each) => (typeof each === 'number' ? Math.round(100 * each) : '–')).join(' / ');
    return `<td title="${escaped(summary.verdict ?? 'no verdict')}" style="background:${colour(scores[0] ?? 0)}">${text}</td>`;
  }
}

const plugin: Plugin = { name: 'zoo-matrix-html', version: '0.1.0', zoo: '^0.1.0', views: [MatrixHtml] };
export default plugin;
