import fc from 'fast-check';
import { printable } from '../../src/report/printable';
import { estimatedWidth, mostWidth, rule, svgPage, write, writeWithin } from '../../src/report/svg';
import { elementsOf } from '../support/xml';

test('a picture is well-formed whatever its texts, and is described for those who hear it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (given) => {
      const text = printable(given);
      const parts = [write(1, 2, 'name', text), rule(0, 9, 5)];
      const svg = svgPage({ title: text, description: text, width: 10, height: 10, parts });
      expect(elementsOf(svg)).toEqual(['svg', 'title', 'desc', 'style', 'rect', 'text', 'line']);
      expect(svg).toContain('role="img" aria-labelledby="title description"');
    }),
    { seed: 26 },
  );
});

const place = { x: 10, y: 20, kind: 'name' };

test('a text that any font has room for is left alone', () => {
  expect(writeWithin({ ...place, room: 200 }, 'lstm')).toBe('<text x="10" y="20" class="name">lstm</text>');
});

test('a text that some font would set too wide is told how wide it is, and never more than its room', () => {
  fc.assert(
    fc.property(fc.string(), fc.integer({ min: 5, max: 300 }), (text, room) => {
      const length = /textLength="([\d.]+)"/.exec(writeWithin({ ...place, room }, text))?.[1];
      if (length === undefined) expect(mostWidth(text, 14)).toBeLessThanOrEqual(room);
      else expect(Number(length)).toBeLessThanOrEqual(room);
    }),
  );
});

test('wide characters take more, narrow ones less', () => {
  expect(estimatedWidth('語語', 14)).toBeGreaterThan(estimatedWidth('ab', 14));
  expect(estimatedWidth('il', 14)).toBeLessThan(estimatedWidth('ab', 14));
});
