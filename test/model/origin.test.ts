import { graphDigest } from '../../src/engine/native/graph-digest';
import { capture, noEngine } from '../../src/engine/trace/capture';
import { noteChange, noteOrigin, programOrigin } from '../../src/model/origin';
import { ParameterLayout } from '../../src/model/parameters';
import { prediction } from '../../src/model/programs';
import { builtIn } from '../support/experiment';

const stamp = jest.fn<string | undefined, []>(() => 'code');
jest.mock('../../src/core/code-stamp', () => ({ codeStamp: () => stamp() }));

const registry = builtIn();
const size = 6;
const build = (id: string) => {
  const unit = registry.resolve('architecture', id);
  return registry.create(unit).build(registry.hyperparameters(unit, {}, { place: 'test' }), size);
};

it('is the same for programs of models that were made of the same, and for no others', () => {
  const [one, same, other, none] = ['lstm', 'lstm', 'gru', 'lstm'].map(build);
  noteOrigin(one!, { architecture: 'lstm' });
  noteOrigin(same!, { architecture: 'lstm' });
  noteOrigin(other!, { architecture: 'gru' });
  const origin = programOrigin(one!, 'prediction', { rows: 2 });
  expect(programOrigin(same!, 'prediction', { rows: 2 })).toBe(origin);
  const others = [
    programOrigin(other!, 'prediction', { rows: 2 }),
    programOrigin(one!, 'training', { rows: 2 }),
    programOrigin(one!, 'prediction', { rows: 3 }),
  ];
  stamp.mockReturnValueOnce('other code');
  noteOrigin(same!, { architecture: 'lstm' });
  others.push(programOrigin(same!, 'prediction', { rows: 2 }));
  noteChange(same!, one!, { cells: 9 });
  others.push(programOrigin(same!, 'prediction', { rows: 2 }));
  expect(new Set([origin, ...others]).size).toBe(1 + others.length);
  expect(programOrigin(none!, 'prediction', { rows: 2 })).toBeUndefined();
});

it('is not known of what is made of a model without one, nor where the code is not', () => {
  const [one, other] = [build('lstm'), build('lstm')];
  noteChange(other, one, { cells: 9 });
  stamp.mockReturnValueOnce(undefined);
  noteOrigin(one, {});
  for (const model of [one, other]) expect(programOrigin(model, 'prediction', {})).toBeUndefined();
});

// What an origin promises: a model is what its hyperparameters and its alphabet say.
it.each(registry.architectures().map(({ id }) => id))('%s is the same model whenever it is built', (id) => {
  const digest = () => {
    const model = build(id);
    const { program, signature } = prediction({
      model,
      layout: new ParameterLayout(model.parameters),
      rows: 2,
      time: 5,
    });
    return graphDigest(capture(program, signature, id, noEngine));
  };
  expect(digest()).toBe(digest());
});
