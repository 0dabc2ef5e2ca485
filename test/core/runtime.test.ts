import { runtime } from '../../src/core/runtime';

it('tells Node.js, Bun and Deno apart', () => {
  expect(runtime()).toBe(`node ${process.versions.node}`);
  expect(runtime({ node: '22.1.0', bun: '1.2.3' })).toBe('bun 1.2.3');
  expect(runtime({ node: '22.1.0', deno: '2.3.4' })).toBe('deno 2.3.4');
});
