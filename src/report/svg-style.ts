import { colourAt, scales, textOn, toHex, type Scale } from './colour';

/** Steps of the colour scale: one for every five percent. */
const steps = 20;
export const stepOf = (value: number): number => Math.round(Math.min(1, Math.max(0, value)) * steps);

interface Theme {
  readonly scale: Scale;
  readonly page: string;
  readonly edge: string;
  readonly text: string;
  readonly quiet: string;
  readonly rule: string;
  readonly alarm: string;
}

const light: Theme = {
  scale: scales.onLight,
  page: '#ffffff',
  edge: '#dde2e9',
  text: '#1a2332',
  quiet: '#5a6678',
  rule: '#cfd6df',
  alarm: '#b23a0a',
};
const dark: Theme = {
  scale: scales.onDark,
  page: '#0f151e',
  edge: '#2a3442',
  text: '#e8edf4',
  quiet: '#97a3b4',
  rule: '#364252',
  alarm: '#ffa657',
};

function rules({ scale, page, edge, text, quiet, rule, alarm }: Theme): string {
  const colours = Array.from({ length: steps + 1 }, (_, step) => colourAt(scale, step / steps));
  return [
    `.page{fill:${page};stroke:${edge}}`,
    `text{fill:${text}}`,
    `.quiet{fill:${quiet}}`,
    `.rule,.ring,.empty{stroke:${rule}}`,
    `.ring{stroke:${quiet}}`,
    `.pie{fill:${text}}`,
    `.interval{stroke:${text}}`,
    `.cross{stroke:${alarm}}`,
    `.sign{stroke:${text}}`,
    `.loud{fill:${alarm}}`,
    `.alarm{fill:${alarm}}`,
    ...colours.map((colour, step) => `.t${step}{fill:${toHex(colour)}}.n${step}{fill:${toHex(textOn(colour))}}`),
  ].join('');
}

/**
 * The same colours as custom properties, for pages whose reader may choose: `--page`, `--t5` for a step of the scale, `--n5` for
 * text on it, `--l0` for a series.
 */
export function colourProperties(theme: 'light' | 'dark', hues: readonly Record<'light' | 'dark', string>[]): string {
  const { scale, ...named } = theme === 'light' ? light : dark;
  const colours = Array.from({ length: steps + 1 }, (_, step) => colourAt(scale, step / steps));
  return [
    ...Object.entries(named).map(([name, colour]) => `--${name}:${colour}`),
    ...colours.map((colour, step) => `--t${step}:${toHex(colour)};--n${step}:${toHex(textOn(colour))}`),
    ...hues.map((hue, at) => `--l${at}:${hue[theme]}`),
  ].join(';');
}

/** Classes that use them: a tile of the scale with text on it, a stroke `l` and a fill `f` for each series. */
export const colourClasses = (series: number): string =>
  [
    ...Array.from({ length: steps + 1 }, (_, step) => `.t${step}{background:var(--t${step});color:var(--n${step})}`),
    ...Array.from(
      { length: series },
      (_, at) => `.l${at}{stroke:var(--l${at})}.f${at},text.f${at}{fill:var(--l${at})}`,
    ),
  ].join('');

/** Colours follow the reader's preference; renderers that know no media queries take the light ones. */
export const styleSheet = [
  'text{font-family:Inter,ui-sans-serif,system-ui,-apple-system,"Segoe UI","Helvetica Neue",Arial,sans-serif;font-size:14px}',
  '.title{font-size:21px;font-weight:650;letter-spacing:-.01em}',
  '.name{font-weight:600}.small{font-size:12px}.level{font-size:12px;letter-spacing:.02em}.range{font-size:11px}.share{font-size:10px}',
  '.number{font-size:13px;font-variant-numeric:tabular-nums}.middle{text-anchor:middle}.end{text-anchor:end}',
  '.sign{fill:none;stroke-width:1.5;stroke-linecap:round;stroke-linejoin:round}',
  '.rule{stroke-width:1}.ring{fill:none;stroke-width:1.3}.cross{stroke-width:2;stroke-linecap:round}',
  '.empty{fill:none;stroke-width:1;stroke-dasharray:3 3}.interval{stroke-width:1.5;stroke-linecap:round}',
  rules(light),
  `@media(prefers-color-scheme:dark){${rules(dark)}}`,
].join('\n');

/** Rules of plots: a stroke `l` and a fill `f` for the colour of each series, lines, grid, references and shaded bands. */
export function seriesStyle(hues: readonly { readonly light: string; readonly dark: string }[]): string {
  const colours = (of: 'light' | 'dark') =>
    hues.map((hue, at) => `.l${at}{stroke:${hue[of]}}.f${at},text.f${at}{fill:${hue[of]}}`).join('');
  const page = ({ rule, quiet, page: back }: Theme) =>
    `.halo{stroke:${back}}.grid{stroke:${rule}}.reference{stroke:${quiet}}.shade{fill:${quiet}}.hollow{fill:${back}}`;
  return [
    '.halo{paint-order:stroke;stroke-width:3;stroke-linejoin:round}',
    '.line{fill:none;stroke-width:2;stroke-linejoin:round;stroke-linecap:round}.hollow{stroke-width:1.8}',
    '.grid{stroke-width:1;stroke-opacity:.55}.reference{stroke-width:1.2;stroke-dasharray:4 4}.shade{fill-opacity:.1}',
    `${page(light)}${colours('light')}`,
    `@media(prefers-color-scheme:dark){${page(dark)}${colours('dark')}}`,
  ].join('\n');
}
