import { svgPage, write, escaped, characterWidth } from './svg';
import { stepOf } from './svg-style';

/** Numbers in rows and columns, shown as shades: a state token by token, or what a token looked at. */
export interface NumberMap {
  readonly title: string;
  /** One for each row. */
  readonly rows: readonly string[];
  /** One for each column, where columns have names. */
  readonly columns?: readonly string[];
  readonly values: readonly (readonly number[])[];
  /** What the faintest and the strongest shade stand for. */
  readonly from: number;
  readonly to: number;
}

const shades = [...' ·░▒▓█'];
const share = (value: number, { from, to }: NumberMap): number =>
  to > from ? Math.min(1, Math.max(0, (value - from) / (to - from))) : 0;

const round = (value: number): string => String(Number(value.toPrecision(3)));
const legend = (map: NumberMap): string => `${round(map.from)} to ${round(map.to)}`;

/** Means of neighbours, so that no more than `most` are left. */
function narrowed(values: readonly number[], most: number): number[] {
  const size = Math.max(1, Math.ceil(values.length / most));
  return Array.from({ length: Math.ceil(values.length / size) }, (_, i) => {
    const some = values.slice(i * size, (i + 1) * size);
    return some.reduce((sum, value) => sum + value, 0) / some.length;
  });
}

/** A line for each row, a character for each column; neighbours share one where there are more than the width has room for. */
export function numberMapText(map: NumberMap, width: number): string[] {
  const label = Math.max(...map.rows.map((name) => name.length), 0);
  const room = Math.max(8, width - label - 1);
  const shared = Math.max(1, Math.ceil((map.values[0]?.length ?? 0) / room));
  const note = shared > 1 ? `, ${shared} to a character` : '';
  const lines = map.values.map((values, i) => {
    const text = narrowed(values, room).map((value) => shades[Math.round(share(value, map) * (shades.length - 1))]!);
    return `${map.rows[i]!.padEnd(label)} ${text.join('')}`.trimEnd();
  });
  return [`${map.title} (${legend(map)}${note})`, ...lines];
}

const cell = 14;
const margin = 24;
const titleHeight = 30;
const columnsHeight = 18;
const most = 900;

/** Maps below each other, as wide as the widest. */
export function numberMapsSvg(title: string, description: string, maps: readonly NumberMap[]): string {
  let y = margin + 34;
  const parts = [write(margin, margin + 16, 'title', title)];
  let width = 2 * margin + title.length * 11;
  for (const map of maps) {
    const label = Math.ceil(Math.max(...map.rows.map((name) => name.length), 1) * characterWidth.number) + 10;
    const columns = map.values[0]?.length ?? 0;
    const across = Math.min(cell, most / Math.max(1, columns));
    const heading = `${map.title}, ${legend(map)}`;
    parts.push(write(margin, y + 20, 'name', heading));
    y += titleHeight + (map.columns ? columnsHeight : 0);
    map.columns?.forEach((name, at) => {
      if (name.length * characterWidth.note < across + 4)
        parts.push(write(margin + label + (at + 0.5) * across, y - 5, 'quiet small middle', name));
    });
    map.values.forEach((values, row) => {
      parts.push(write(margin + label - 8, y + cell - 3, 'quiet small end', map.rows[row]!));
      values.forEach((value, at) => {
        const x = (margin + label + at * across).toFixed(1);
        const tip = `${map.rows[row]}${map.columns ? ` → ${map.columns[at]}` : `, ${at + 1}`}: ${round(value)}`;
        parts.push(
          `<rect x="${x}" y="${y}" width="${across.toFixed(1)}" height="${cell}" class="t${stepOf(share(value, map))}"><title>${escaped(tip)}</title></rect>`,
        );
      });
      y += cell;
    });
    y += 16;
    width = Math.max(width, 2 * margin + label + columns * across, 2 * margin + heading.length * characterWidth.name);
  }
  return svgPage({ title, description, width: Math.ceil(width), height: y + margin - 16, parts });
}
