import { scoreKindOf, view, type Plugin, type View, type ViewOptions } from 'chomsky-zoo';
import type { Matrix } from 'chomsky-zoo/studies';

/** A format of the capability matrix: `zoo matrix FOLDER --format my-view`. Replace what it draws by yours. */
@view({
  of: 'matrix',
  format: 'my-view',
  title: 'My view',
  summary: 'A line for each row: what it learns, and how well.',
})
export class MyView implements View<Pick<Matrix, 'rows' | 'cells'>> {
  draw({ rows, cells }: Pick<Matrix, 'rows' | 'cells'>, { score }: ViewOptions): string {
    const lines = rows.map((row) => {
      const parts = cells.flatMap((cell) => {
        if (cell.row.id !== row.id || !cell.summary) return [];
        const inRange = cell.summary.ranges.inRange?.score?.[scoreKindOf(score)];
        const percent = inRange === undefined ? '-' : `${Math.round(100 * inRange)} %`;
        return `${cell.column.id} ${percent} (${cell.summary.verdict ?? 'no verdict'})`;
      });
      return `${row.id}: ${parts.join(', ') || 'nothing measured'}`;
    });
    return lines.join('\n');
  }
}

const plugin: Plugin = { name: 'my-view', version: '0.1.0', zoo: '^0.1.0', views: [MyView] };
export default plugin;
