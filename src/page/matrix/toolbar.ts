import { shownFirst, type GridData } from '../../studies/capability/report/grid-data';
import { h } from '../dom';
import { counted } from '../wording';
import { densities, type Arrangement, type Order } from './arrangement';
import { scoreWords } from './cell-words';

type Change = (changed: Partial<Arrangement>) => void;

/** Everything that can be chosen of a matrix. */
export function toolbar(grid: GridData, choice: Arrangement, change: Change): HTMLElement {
  return h(
    'form',
    { class: 'toolbar', 'aria-label': 'What the matrix shows', onsubmit: (event) => event.preventDefault() },
    choose(
      'Colour',
      choice.colour,
      shownFirst.map((kind) => [kind, scoreWords[kind]]),
      (colour) => change({ colour }),
    ),
    segments('Density', choice.density, densities, (density) => change({ density })),
    choose('Rows', choice.rowOrder, orders(choice.rowOrder, true), (rowOrder) => change({ rowOrder })),
    choose('Columns', choice.columnOrder, orders(choice.columnOrder, false), (columnOrder) => change({ columnOrder })),
    find('Find rows', choice.rows, 'lstm, mamba', (rows) => change({ rows })),
    find('Find columns', choice.columns, 'parity, dyck', (columns) => change({ columns })),
    levels(grid, choice, change),
    families(grid, choice, change),
    sizes(grid, choice, change),
    h(
      'label',
      { class: 'check' },
      h('input', {
        type: 'checkbox',
        checked: choice.hasBaselines,
        onchange: (event) => change({ hasBaselines: (event.target as HTMLInputElement).checked }),
      }),
      'Baselines',
    ),
  );
}

function orders(current: Order, ofRows: boolean): [Order, string][] {
  const known: [Order, string][] = [
    ['given', ofRows ? 'as given' : 'by level'],
    ['cluster', 'by similarity'],
    ['capability', 'by capability'],
    ...(ofRows ? ([['parameters', 'by size']] as [Order, string][]) : []),
    ['name', 'by name'],
  ];
  return known.some(([order]) => order === current) ? known : [...known, [current, current]];
}

function choose<T extends string>(
  title: string,
  current: T,
  options: readonly (readonly [T, string])[],
  onChange: (value: T) => void,
): HTMLElement {
  return h(
    'label',
    {},
    h('span', {}, title),
    h(
      'select',
      {
        name: title,
        'aria-label': title,
        onchange: (event) => onChange((event.target as HTMLSelectElement).value as T),
      },
      options.map(([value, text]) => h('option', { value, selected: value === current }, text)),
    ),
  );
}

function segments<T extends string>(title: string, current: T, options: readonly T[], onChange: (value: T) => void) {
  return h(
    'fieldset',
    { class: 'segments' },
    h('legend', {}, title),
    options.map((value) =>
      h(
        'label',
        {},
        h('input', { type: 'radio', name: title, value, checked: value === current, onchange: () => onChange(value) }),
        h('span', {}, value),
      ),
    ),
  );
}

const find = (title: string, current: string, example: string, onChange: (value: string) => void): HTMLElement =>
  h(
    'label',
    {},
    h('span', {}, title),
    h('input', {
      type: 'search',
      name: title,
      value: current,
      placeholder: example,
      size: 10,
      oninput: (event) => onChange((event.target as HTMLInputElement).value),
    }),
  );

function levels({ columns }: GridData, { levels: chosen }: Arrangement, change: Change) {
  const all = [...new Set(columns.map(({ level }) => level))];
  if (all.length < 2) return null;
  const current = new Set(chosen); // the menu stays while it is used
  const toggle = (level: string) => {
    if (!current.delete(level)) current.add(level);
    change({ levels: new Set(current) });
  };
  return h(
    'details',
    { class: 'menu' },
    h('summary', {}, chosen.size === 0 ? 'All levels' : [...chosen].join(', ')),
    h(
      'div',
      {},
      all.map((level) =>
        h(
          'label',
          { class: 'check' },
          h('input', {
            type: 'checkbox',
            name: 'level',
            value: level,
            checked: chosen.has(level),
            onchange: () => toggle(level),
          }),
          level,
        ),
      ),
    ),
  );
}

/** Families of more than one row; nothing where units did not tell any. */
function families({ rows }: GridData, { family }: Arrangement, change: Change) {
  const counts = new Map<string, number>();
  for (const row of rows) if (row.kind === 'architecture') counts.set(row.family, (counts.get(row.family) ?? 0) + 1);
  const known = [...counts]
    .filter(([, count]) => count > 1)
    .map(([id]) => id)
    .sort();
  if (known.length === 0) return null;
  return choose('Family', family, [['', 'all'], ...known.map((id): [string, string] => [id, id])], (value) =>
    change({ family: value }),
  );
}

/** Where rows differ in size. */
function sizes({ rows }: GridData, { mostParameters }: Arrangement, change: Change) {
  const all = [...new Set(rows.flatMap(({ parameters }) => parameters?.[0] ?? []))].sort((a, b) => a - b);
  if (all.length < 2) return null;
  const at = mostParameters === null ? all.length - 1 : all.findLastIndex((size) => size <= mostParameters);
  const told = h('span', { class: 'told' }, counted(all[at]));
  return h(
    'label',
    { class: 'size' },
    h('span', {}, 'Parameters to'),
    h('input', {
      type: 'range',
      name: 'parameters',
      'aria-label': 'Parameters up to',
      min: 0,
      max: all.length - 1,
      value: at,
      'aria-valuetext': counted(all[at]),
      oninput: (event) => {
        const place = Number((event.target as HTMLInputElement).value);
        told.textContent = counted(all[place]);
        (event.target as HTMLInputElement).setAttribute('aria-valuetext', counted(all[place]));
        change({ mostParameters: place === all.length - 1 ? null : all[place]! });
      },
    }),
    told,
  );
}
