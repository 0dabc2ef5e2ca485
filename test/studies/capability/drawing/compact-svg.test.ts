import { compactMap } from '../../../../src/studies/capability/drawing/compact-svg';
import { makeMatrix, smallMatrix } from '../../../support/matrix';
import { elementsOf } from '../../../support/xml';

const draw = (matrix = smallMatrix(), title?: string) => compactMap(matrix, { score: 'exact', palette: 'none', title });

test('it is well-formed, with three strips for each cell with scores and a dot where it solves', () => {
  const svg = draw();
  expect(new Set(elementsOf(svg))).toContain('circle');
  const measured = smallMatrix().cells.filter(({ summary }) => summary);
  const strips = measured.flatMap(({ summary }) => Object.values(summary!.ranges)).filter(({ score }) => score);
  expect(svg.match(/<g><title>[^<]*<\/title><rect/g)).toHaveLength(measured.length);
  expect(svg.match(/<rect class="t\d+" x="[\d.]+" y="\d+" width="9\.7"/g)).toHaveLength(strips.length);
  expect(svg.match(/<circle class="n20"/g)).toHaveLength(
    measured.filter(({ summary }) => summary!.verdict === 'solves').length,
  );
  expect(svg).toContain('lstm solves parity.');
  expect(draw(smallMatrix(), 'Mine')).toContain('>Mine test: exact match');
});

test('55 rows and 74 columns are one screen, with names of at least eleven pixels', () => {
  const architectures = Array.from({ length: 55 }, (_, at) => `transformer-encoder-relative-${at}`);
  const tasks = Array.from({ length: 74 }, (_, at): [string, string] => [
    `sorted-graph-connectivity-unbounded-${at}`,
    at < 40 ? 'regular' : 'counter',
  ]);
  const baselines = ['look-up', 'majority', 'position-table', 'uniform', 'ceiling', 'oracle'];
  const svg = draw(makeMatrix({ architectures, baselines, tasks }, []));
  const [width, height] = [/ width="(\d+)"/, / height="(\d+)"/].map((pattern) => Number(pattern.exec(svg)![1]));
  expect(width).toBeLessThanOrEqual(1600);
  expect(height).toBeLessThanOrEqual(1000);
  expect(svg).toContain('.tiny{font-size:11px}');
  // Cut in the middle: the numbers at their ends tell them apart.
  expect(svg.match(/~[^<]*-73<\/text>/g)).toHaveLength(1);
});
