import fc from 'fast-check';
import { printable } from '../../src/report/printable';
import { rule, svgPage, write } from '../../src/report/svg';
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
