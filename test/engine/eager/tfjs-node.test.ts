import { tfjsNodeProblem } from '../../../src/engine/eager/tfjs-node';

it.each([
  ['20.20.2', undefined],
  ['22.23.5', undefined],
  ['23.0.0', 'not for node 23.0.0'],
  ['24.22.3', 'not for node 24.22.3'],
])('tfjs-node is loaded up to Node.js 22: %s', (node, problem) => expect(tfjsNodeProblem({ node })).toBe(problem));

it('tfjs-node is loaded by Node.js alone, whatever calls itself so', () => {
  expect(tfjsNodeProblem({ node: '22.1.0', bun: '1.4.5' })).toBe('not for bun 1.4.5');
  expect(tfjsNodeProblem({ node: '20.1.0', deno: '2.9.6' })).toBe('not for deno 2.9.6');
});
