import { architectureConformance } from 'chomsky-zoo/testing';
import { MyModel, MyModelHyperparameters } from './my-model';

describe('what every row of the zoo keeps', () => {
  for (const { name, applies, run } of architectureConformance(MyModel)) (applies ? test : test.skip)(name, run);
});

test('has the parameters of its equations', () => {
  const { width, hiddenSize } = new MyModelHyperparameters();
  const { parameters } = new MyModel().build(new MyModelHyperparameters(), 10);
  const sizes = parameters.map(({ shape }) => shape.reduce((product, extent) => product * extent, 1));
  const [embedding, readout] = [10 * width, (hiddenSize + 1) * 10];
  const gates = (width + hiddenSize + 1) * 2 * hiddenSize;
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(embedding + gates + readout);
});
