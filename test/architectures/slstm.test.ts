import { SLstm } from '../../architectures/slstm';
import { XLstm, XLstmHyperparameters } from '../../architectures/xlstm';
import { HeadHyperparameters } from '../../architectures/layers';
import { parametersOf } from '../support/architectures/parameters';

/** What the published code gives a forget gate to start with, bias j of d in block l of `layers`. */
const published = (j: number, d: number, l: number, layers: number) =>
  -(-5 + 12 * (j / (d - 1)) ** (0.3 + 1.3 * (layers > 1 ? l / (layers - 1) : 0)));

const small = { width: 12, heads: 3, layers: 4 }; // 4 channels per head: z, i, f, o of 4 each
const slstm = new SLstm().build(Object.assign(new HeadHyperparameters(), small), 5);
const xlstm = new XLstm().build(Object.assign(new XLstmHyperparameters(), small), 5);

it.each([
  ['slstm', slstm, 'memory', [0, 1, 2, 3]],
  ['xlstm', xlstm, 'scalarMemory', [1, 3]],
] as const)(
  '%s starts with nothing fed back and forget gates from open to shut, in later blocks more of them open',
  (_, model, branch, blocks) => {
    const parameters = parametersOf(model);
    for (const l of blocks) {
      const of = (name: string) => [...parameters[`layers.${l}.${branch}.${name}`]!.dataSync()];
      expect(of('recurrent').every((x) => x === 0)).toBe(true);
      const bias = of('input.bias');
      for (const [i, x] of bias.entries()) {
        const [gate, j] = [Math.floor((i % 16) / 4), i % 4];
        expect(x).toBeCloseTo(gate === 2 ? published(j, 4, l, 4) : 0, 5);
      }
      expect(bias.slice(8, 12).map((x) => Math.round(x))).toEqual(expect.arrayContaining([5, -7]));
    }
  },
);

it('starts a single block as the first of many', () => {
  const one = new SLstm().build(Object.assign(new HeadHyperparameters(), small, { layers: 1 }), 5);
  const bias = (model: typeof one) => [...parametersOf(model)['layers.0.memory.input.bias']!.dataSync()];
  expect(bias(one)).toEqual(bias(slstm));
});
