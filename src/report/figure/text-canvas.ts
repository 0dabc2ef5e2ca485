import type { Palette } from '../../core/contracts/view';
import { inHue } from './series-look';

/** Bits of the dots of a braille character, by column and by row from above (U+2800). */
const braille = [
  [0x01, 0x02, 0x04, 0x40],
  [0x08, 0x10, 0x20, 0x80],
] as const;

/** Dots of one character: two beside, four above each other. */
const dots = { beside: 2, above: 4 } as const;

interface Cell {
  bits: number;
  /** Instead of dots. */
  sign?: string;
  /** Of its dots or sign. */
  series?: number;
}

/** Characters on which lines are drawn in braille, or as full stops where only ASCII may be used, and signs put over them. */
export class TextCanvas {
  private readonly cells: Cell[][];

  constructor(
    private readonly columns: number,
    private readonly rows: number,
    private readonly palette: Palette,
  ) {
    this.cells = Array.from({ length: rows }, () => Array.from({ length: columns }, () => ({ bits: 0 })));
  }

  /** Column and row of a place in 0..1 from the left and from below. */
  cellAt(x: number, y: number): readonly [column: number, row: number] {
    return [Math.round(x * (this.columns - 1)), Math.round((1 - y) * (this.rows - 1))];
  }

  /** A line between two places; a dashed one has gaps. */
  line(from: readonly [number, number], to: readonly [number, number], series: number, isDashed: boolean): void {
    const dotAt = ([x, y]: readonly [number, number]) => {
      const [column, row] = [x * (this.columns - 1), (1 - y) * (this.rows - 1)];
      return [Math.round((column + 0.5) * dots.beside - 0.5), Math.round((row + 0.5) * dots.above - 0.5)] as const;
    };
    const [start, end] = [dotAt(from), dotAt(to)];
    const steps = Math.max(1, Math.abs(end[0] - start[0]), Math.abs(end[1] - start[1]));
    for (let step = 0; step <= steps; step++) {
      const [x, y] = [0, 1].map((of) => Math.round(start[of]! + (step / steps) * (end[of]! - start[of]!))) as [
        number,
        number,
      ];
      if (isDashed && (x + y) % 6 >= 3) continue;
      const cell = this.cells[Math.floor(y / dots.above)]?.[Math.floor(x / dots.beside)];
      if (!cell) continue;
      cell.bits |= braille[x % dots.beside]![y % dots.above]!;
      cell.series = series;
    }
  }

  /** Puts a sign where none stands yet, or beside it: what two series share is not hidden. */
  sign(column: number, row: number, sign: string, series: number): void {
    const near = [0, 1, -1].flatMap((by) => this.cells[row]?.[column + by] ?? []);
    const cell = near.find((each) => each.sign === undefined) ?? near[0];
    if (cell) Object.assign(cell, { sign, series });
  }

  /** Fills what is still empty. */
  fill(column: number, row: number, sign: string, series?: number): void {
    const cell = this.cells[row]?.[column];
    if (cell && cell.bits === 0 && cell.sign === undefined) Object.assign(cell, { sign, series });
  }

  lines(): string[] {
    return this.cells.map((cells) => cells.map((cell) => this.character(cell)).join(''));
  }

  private character({ bits, sign, series }: Cell): string {
    const text = sign ?? (bits === 0 ? ' ' : this.palette === 'none' ? '.' : String.fromCodePoint(0x2800 + bits));
    return series === undefined || text === ' ' ? text : inHue(this.palette, text, series);
  }
}
