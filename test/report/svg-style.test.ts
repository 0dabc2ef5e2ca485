import { contrast, type Colour } from '../../src/report/colour';
import { stepOf, styleSheet } from '../../src/report/svg-style';

const [light, dark] = styleSheet.split('@media(prefers-color-scheme:dark)') as [string, string];
const fillOf = (rules: string, name: string): Colour => {
  const [, hex] = new RegExp(`(?:^|[}{\\n])\\.?${name}\\{fill:#(\\w{6})`).exec(rules)!;
  return [0, 2, 4].map((at) => parseInt(hex!.slice(at, at + 2), 16)) as unknown as Colour;
};

test.each([
  ['light', light],
  ['dark', dark],
])('every text of the %s theme is readable (WCAG AA)', (_, rules) => {
  for (const kind of ['text', 'quiet', 'alarm']) {
    expect(contrast(fillOf(rules, kind), fillOf(rules, 'page'))).toBeGreaterThanOrEqual(4.5);
  }
  for (let step = 0; step <= 20; step++) {
    expect(contrast(fillOf(rules, `n${step}`), fillOf(rules, `t${step}`))).toBeGreaterThanOrEqual(4.5);
  }
});

test('scores map to steps of five percent', () => {
  expect([0, 0.024, 0.026, 0.5, 1, 2].map(stepOf)).toEqual([0, 0, 1, 10, 20, 20]);
});
