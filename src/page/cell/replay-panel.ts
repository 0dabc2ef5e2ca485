import { replay, type Replay, type Replayed } from '../../evaluation/replay/replay';
import type { ReplayBundle } from '../../evaluation/replay/bundle';
import { stepOf } from '../../report/svg-style';
import { block } from '../blocks';
import { h, type Child } from '../dom';

/** More numbers of a state would be too narrow to see. */
const mostShown = 96;

/** A trained cell to be asked: an input, and what it answers, token by token. */
export async function replayPanel(name: string): Promise<HTMLElement> {
  const bundle = await block<ReplayBundle>(name);
  let cell: Replay | undefined; // opened when it is first asked
  const { alphabets } = bundle.task;
  const input = h('input', {
    type: 'text',
    name: 'input',
    'aria-label': 'Input, symbols apart',
    autocomplete: 'off',
    spellcheck: 'false',
    value: bundle.examples[0]?.input.join(' ') ?? alphabets.input[0],
  });
  const answer = h('div', { class: 'answer', role: 'status' });
  const shown = h('div');
  const ask = () => {
    const symbols = input.value.trim().split(/\s+/).filter(Boolean);
    try {
      cell ??= replay(bundle);
      const found = cell.answer(symbols);
      answer.replaceChildren(...answered(found, rightAnswer(bundle, symbols)));
      shown.replaceChildren(...tokensOf(found, bundle), ...attentionOf(found));
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      answer.replaceChildren(h('p', { class: 'alarm' }, error.message));
      shown.replaceChildren();
    }
  };
  const add = (symbol: string) => {
    input.value = `${input.value.trim()} ${symbol}`.trim();
    input.focus();
  };
  const examples = bundle.examples.map(({ input: symbols }, at) =>
    h('option', { value: at }, `example of ${symbols.length} symbols`),
  );
  return h(
    'section',
    { class: 'part replay' },
    h('h2', {}, 'Ask it'),
    h(
      'form',
      { onsubmit: (event) => (event.preventDefault(), ask()) },
      h('div', { class: 'asked' }, input, h('button', { type: 'submit' }, 'Answer')),
      h(
        'div',
        { class: 'symbols', role: 'group', 'aria-label': 'Symbols of the task' },
        alphabets.input.map((symbol) => h('button', { type: 'button', onclick: () => add(symbol) }, symbol)),
        h('button', { type: 'button', onclick: () => ((input.value = ''), input.focus()) }, 'clear'),
        examples.length > 0 &&
          h(
            'select',
            {
              'aria-label': 'Examples',
              onchange: (event) => {
                const example = bundle.examples[Number((event.target as HTMLSelectElement).value)];
                if (example) input.value = example.input.join(' ');
                ask();
              },
            },
            examples,
          ),
      ),
    ),
    h('p', { class: 'quiet' }, `Seed ${bundle.seed}, computed here in your browser; up to ${bundle.longest} symbols.`),
    answer,
    shown,
  );
}

/** Of an example; nobody solves other inputs here. */
const rightAnswer = ({ examples }: ReplayBundle, symbols: readonly string[]): string | undefined =>
  examples.find(({ input }) => input.join(' ') === symbols.join(' '))?.output.join(' ');

function answered({ answer, trace, isUnfinished }: Replayed, right: string | undefined): Node[] {
  const said = answer.join(' ');
  const line = (term: string, told: Child) => h('div', {}, h('dt', {}, term), h('dd', {}, told));
  return [
    h(
      'dl',
      {},
      trace && line('chain of thought', trace.join(' ')),
      line('answer', h('output', { name: 'answer' }, said || (isUnfinished ? 'none: no end was written' : '(empty)'))),
      right !== undefined && line('right answer', `${right}${right === said ? ', the same' : ''}`),
    ),
  ];
}

/** A column for each token: itself, what follows it most likely and how surely, and the state behind it. */
function tokensOf({ tokens, given }: Replayed, { step }: ReplayBundle): Node[] {
  const names = Object.keys(tokens[0]?.states ?? {});
  const scales = new Map(
    names.map((name) => [
      name,
      Math.max(1e-9, ...tokens.flatMap(({ states }) => [...(states[name] ?? [])].map(Math.abs))),
    ]),
  );
  const row = (title: string, cellOf: (token: Replayed['tokens'][number], at: number) => Child) =>
    h(
      'tr',
      {},
      h('th', { scope: 'row' }, title),
      tokens.map((token, at) => h('td', {}, cellOf(token, at))),
    );
  const table = h(
    'table',
    { class: 'tokens' },
    h('caption', {}, 'Token by token'),
    h(
      'thead',
      {},
      h(
        'tr',
        {},
        h('th', { scope: 'col' }, 'token'),
        tokens.map(({ token }, at) => h('th', { scope: 'col', class: at < given ? 'given' : 'written' }, token)),
      ),
    ),
    h(
      'tbody',
      {},
      row('next', ({ predicted }) => predicted),
      row('how surely', ({ probability }) => h('i', { class: `t${stepOf(probability)}` }, probability.toFixed(2))),
      names.map((name) => row(name, ({ states }) => stateOf(states[name], scales.get(name)!))),
    ),
  );
  const rewritten = step?.state.filter(({ isRewritten }) => isRewritten).length ?? 0;
  return [
    h('div', { class: 'scroll', tabindex: 0, role: 'group', 'aria-label': 'Token by token' }, table),
    ...(names.length > 0 || rewritten > 0
      ? [
          h(
            'p',
            { class: 'quiet' },
            `States: the stronger the colour, the greater the number behind that token, sign aside; the first ${mostShown} of each.`,
          ),
        ]
      : []),
  ];
}

function stateOf(numbers: Float32Array | undefined, most: number): Child {
  if (!numbers) return '';
  return h(
    'span',
    { class: 'state', role: 'img', 'aria-label': `${numbers.length} numbers` },
    [...numbers.slice(0, mostShown)].map((number) => h('i', { class: `t${stepOf(Math.abs(number) / most)}` })),
  );
}

/** Weights of one layer and head at a time: a row for each token that looks, a column for each that is looked at. */
function attentionOf(found: Replayed): Node[] {
  const attention = found.attention();
  if (!attention) return [];
  const { layers, heads, tokens, weights } = attention;
  const place = h('div', { class: 'scroll', tabindex: 0, role: 'group', 'aria-label': 'Attention' });
  const names = found.tokens.map(({ token }) => token);
  const draw = (part: number) =>
    place.replaceChildren(
      h(
        'table',
        { class: 'tokens attention' },
        h('caption', {}, 'Attention'),
        h(
          'thead',
          {},
          h(
            'tr',
            {},
            h('th', { scope: 'col' }, 'looks at'),
            names.map((name) => h('th', { scope: 'col' }, name)),
          ),
        ),
        h(
          'tbody',
          {},
          names.map((name, y) =>
            h(
              'tr',
              {},
              h('th', { scope: 'row' }, name),
              names.map((_, x) => {
                const weight = weights[(part * tokens + y) * tokens + x]!;
                return h('td', { title: weight.toFixed(3) }, h('i', { class: `t${stepOf(weight)}` }));
              }),
            ),
          ),
        ),
      ),
    );
  draw(0);
  const parts = Array.from({ length: layers * heads }, (_, part) =>
    h('option', { value: part }, `layer ${Math.floor(part / heads) + 1}, head ${(part % heads) + 1}`),
  );
  return [
    h('h3', {}, 'Attention'),
    h(
      'select',
      { 'aria-label': 'Layer and head', onchange: (event) => draw(Number((event.target as HTMLSelectElement).value)) },
      parts,
    ),
    place,
  ];
}
