import { createRng } from '../../../src/core/random';
import type { Architecture } from '../../../src/core/contracts/architecture';
import type { Engine } from '../../../src/core/contracts/engine';
import type { UnitKind } from '../../../registry/units';
import { discover } from '../../../registry/discover';
import { Registry } from '../../../registry/registry';
import { selectEngine } from '../../support/engine-choice';
import { CompiledModel } from '../../../src/model/generate/compiled-model';
import { ParameterLayout } from '../../../src/model/parameters';
import { ConcatenatingAttention, RewritingAttention } from '../../support/architectures/plain-attention';

const registry = discover(new Registry(), 'architectures');
registry.register([ConcatenatingAttention, RewritingAttention], { origin: 'test' });
const vocabularySize = 7;
let engine: Engine;
beforeAll(async () => (engine = await selectEngine('onnx', { threads: 1 })));
afterAll(() => engine.dispose());

function compiled(id: string): CompiledModel {
  const unit = registry.resolve('architecture' satisfies UnitKind, id);
  const { tiny = {} } = unit.meta.hyperparameters as { readonly tiny?: object };
  const model = (new unit.unitClass() as Architecture).build(
    registry.hyperparameters(unit, tiny, { place: id }),
    vocabularySize,
  );
  const layout = new ParameterLayout(model.parameters);
  return new CompiledModel(engine, model, layout, layout.initialise(createRng(3)), id);
}

const randomTokens = (count: number) => {
  const rng = createRng('tokens');
  return Int32Array.from({ length: count }, () => rng.integer(vocabularySize));
};

/**
 * Greedy decoding the slow way: the whole sequence anew through the parallel form for every token. It is filled up with
 * zeros to one length, which is compiled once; a causal model does not see them.
 */
async function naiveDecode(model: CompiledModel, prompt: Int32Array, rows: number, promptTime: number, limit: number) {
  const time = promptTime + limit - 1;
  const sequences = new Int32Array(rows * time);
  for (let row = 0; row < rows; row++)
    sequences.set(prompt.subarray(row * promptTime, (row + 1) * promptTime), row * time);
  const said = Array.from({ length: rows }, (): number[] => []);
  for (let place = promptTime - 1; place < time; place++) {
    const answer = await model.predictInParallel(sequences, rows, time);
    said.forEach((tokens, row) => {
      const next = answer[row * time + place]!;
      tokens.push(next);
      if (place + 1 < time) sequences[row * time + place + 1] = next;
    });
  }
  return said;
}

// ndstack-rnn: a state that grows on several axes and is rewritten by every step. The last two know the contract alone.
describe.each([
  'transformer',
  'lstm',
  'rwkv',
  'linear-transformer',
  'transformer-xl',
  'ndstack-rnn',
  'concatenating',
  'rewriting',
])('%s', (id) => {
  test('says the same in parallel and in steps', async () => {
    const model = compiled(id);
    const tokens = randomTokens(3 * 24);
    expect(await model.predictInSteps(tokens, 3, 24)).toEqual(await model.predictInParallel(tokens, 3, 24));
    await model.dispose();
  });

  // 71 tokens: a wide piece of the prompt, and a rest; 11 tokens: a narrow piece, and a rest. A cache grows at 64, 96, ...
  test.each([71, 11])(
    'decodes greedily after %i tokens as the parallel form does token by token',
    async (promptTime) => {
      const model = compiled(id);
      const prompt = randomTokens(2 * promptTime);
      const fast = await model.decode(prompt, 2, promptTime, 13, () => false);
      expect(fast).toEqual(await naiveDecode(model, prompt, 2, promptTime, 13));
      await model.dispose();
    },
  );

  test('starts every sequence afresh and stops when told', async () => {
    const model = compiled(id);
    const prompt = randomTokens(2 * 5);
    const first = await model.decode(prompt, 2, 5, 40, () => false);
    expect(await model.decode(prompt, 2, 5, 40, () => false)).toEqual(first);
    const short = await model.decode(prompt, 2, 5, 40, (predicted) => predicted.every((row) => row.length >= 3));
    expect(short[0]!.length).toBeLessThan(40);
    expect(short).toEqual(first.map((row) => row.slice(0, short[0]!.length)));
    await model.dispose();
  });
});

test('a memory that grows within one layer of steps says the same, too', async () => {
  const model = compiled('feedback-transformer');
  const tokens = randomTokens(2 * 24);
  expect(await model.predictInSteps(tokens, 2, 24)).toEqual(await model.predictInParallel(tokens, 2, 24));
  await model.dispose();
});

test('compiles the recurrent form once for all lengths, and a growing one once for every size of its cache', async () => {
  for (const [id, later] of [
    ['lstm', 0],
    ['transformer', 1],
  ] as const) {
    const compile = jest.spyOn(engine, 'compile');
    const model = compiled(id);
    await model.decode(randomTokens(2 * 8), 2, 8, 16, () => false);
    const first = compile.mock.calls.length;
    await model.decode(randomTokens(2 * 16), 2, 16, 24, () => false);
    expect(compile).toHaveBeenCalledTimes(first);
    await model.decode(randomTokens(2 * 8), 2, 8, 70, () => false); // more than 64 tokens
    expect(compile).toHaveBeenCalledTimes(first + later);
    compile.mockRestore();
    await model.dispose();
  }
});
