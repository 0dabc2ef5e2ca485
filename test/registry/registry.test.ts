import { architecture, task, unitOf, wrapper } from '../../registry/units';
import type { Architecture } from '../../src/core/contracts/architecture';
import type { Task } from '../../src/core/contracts/task';
import { Registry } from '../../registry/registry';
import { createContainer } from '../../registry/container';

const reference = { authors: 'Nobody', title: 'None', identifier: 'https://example.org' };

const taskClass = (id: string) => {
  @task({
    id,
    version: 1,
    title: id,
    summary: id,
    level: 'regular',
    circuitClass: { name: 'AC0', reference },
    reference,
    answerLengthRule: 'always 1',
    labels: { final: true, aligned: false },
  })
  class Unit implements Task {
    readonly alphabets = { input: ['0'], output: ['0'] };
    sample = (): number[] => [0];
    solve = (): number[] => [0];
    answerLength = (): number => 1;
  }
  return Unit;
};

const architectureClass = (id: string) => {
  @architecture({
    id,
    version: 1,
    title: id,
    year: 2000,
    summary: id,
    reference,
    capabilities: { causal: true },
    hyperparameters: class {},
  })
  class Unit implements Architecture {
    build(): never {
      throw new Error('never built');
    }
  }
  return Unit;
};

const loud = wrapper('loud', (base) => architectureClass(`loud-${unitOf(base)!.meta.id}`));
const here = { origin: 'here' };

it('registers what is a unit and passes over the rest', () => {
  const registry = new Registry();
  const units = registry.register(
    [taskClass('b'), 7, null, {}, class {}, taskClass('a'), architectureClass('c')],
    here,
  );
  expect(units.map(({ id }) => id)).toEqual(['b', 'a', 'c']);
  expect(registry.tasks().map(({ id }) => id)).toEqual(['a', 'b']);
  expect(registry.architectures().map(({ id }) => id)).toEqual(['c']);
  expect(registry.baselines()).toEqual([]);
});

it('counts a class once that two modules export', () => {
  const registry = new Registry();
  const unit = taskClass('a');
  expect(registry.register([unit], here)).toHaveLength(1);
  expect(registry.register([unit], { origin: 'there' })).toEqual([]);
});

it('refuses two units of one name, saying where both are from', () => {
  const registry = new Registry();
  registry.register([taskClass('a')], here);
  expect(() => registry.register([taskClass('a')], { origin: 'there' })).toThrow(
    'Two tasks are called "a": one from here, one from there.',
  );
  expect(() => registry.register([architectureClass('a')], { origin: 'there' })).not.toThrow();
});

it('puts names of a namespace before a slash', () => {
  const registry = new Registry();
  registry.register([taskClass('a')], here);
  registry.register([taskClass('a')], { origin: 'there', namespace: 'acme' });
  expect(registry.tasks().map(({ id }) => id)).toEqual(['a', 'acme/a']);
});

it('answers an unknown name with the nearest ones', () => {
  const registry = new Registry();
  registry.register([taskClass('parity'), taskClass('counting')], here);
  expect(() => registry.resolve('task', 'partiy', 'my.json, tasks[0]')).toThrow(
    'There is no task called "partiy" (my.json, tasks[0]).\nDid you mean parity?',
  );
});

it('wraps a row whose name asks for it, also in a namespace', () => {
  const registry = new Registry();
  registry.register([loud, architectureClass('a')], here);
  registry.register([architectureClass('a')], { origin: 'there', namespace: 'acme' });
  expect(registry.resolve('architecture', 'loud-a').id).toBe('loud-a');
  expect(registry.resolve('architecture', 'loud-a')).toBe(registry.resolve('architecture', 'loud-a'));
  expect(registry.resolve('architecture', 'loud-loud-a').id).toBe('loud-loud-a');
  expect(registry.resolve('architecture', 'acme/loud-a').id).toBe('acme/loud-a');
  expect(() => registry.resolve('architecture', 'loud-b')).toThrow(/"loud-b"[^]*Did you mean .*loud-a/);
});

it('keeps zoos apart', () => {
  const [one, other] = [new Registry(createContainer()), new Registry(createContainer())];
  one.register([taskClass('a')], here);
  expect(other.tasks()).toEqual([]);
  expect(other.register([taskClass('a')], here)).toHaveLength(1);
});
