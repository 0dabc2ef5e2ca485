import { withStyleAttributes } from '../../src/report/svg-attributes';

const drawn = (sheet: string, element: string) =>
  withStyleAttributes(`<svg><style>\n${sheet}\n</style>\n${element}</svg>`).replace(/^<svg>|<\/svg>$/g, '');

test('classes become what their rules say, a class over a tag and a later rule over an earlier one', () => {
  const sheet = '.a{fill:red;stroke:blue}text{fill:green;font-family:"Segoe UI",Arial}.b{stroke:black}';
  expect(drawn(sheet, '<text x="1" class="a b">A &lt; B</text>')).toBe(
    `<text x="1" style="fill:red;font-family:'Segoe UI',Arial;stroke:black">A &lt; B</text>`,
  );
  expect(drawn(sheet, '<rect class="b"/>')).toBe('<rect style="stroke:black"/>');
});

test('rules of a tag with a class, and of several selectors, hold where they say', () => {
  const sheet = '.f0,text.f0{fill:red}text{fill:black}';
  expect(drawn(sheet, '<text class="f0">A</text><path class="f0" d="M0 0"/><path d="M1 1"/>')).toBe(
    '<text style="fill:red">A</text><path d="M0 0" style="fill:red"/><path d="M1 1"/>',
  );
});
