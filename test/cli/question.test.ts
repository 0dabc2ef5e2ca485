import { discover, unitFolders } from '../../registry/discover';
import { Registry } from '../../registry/registry';
import { askedOf, nameOf, type Question } from '../../src/cli/question';
import { understandExperiment } from '../../src/run/experiment/load';
import { tinyExperiment } from '../support/cli';

const registry = discover(new Registry(), ...unitFolders);
const plain = {
  ...tinyExperiment,
  architectures: [...tinyExperiment.architectures, { id: 'gru', label: 'wide-gru', tasks: ['parity'] }],
  tasks: ['parity', { id: 'counting', protocol: { steps: 9 } }],
  overrides: [
    { only: 'lstm x counting', protocol: { steps: 5 } },
    { only: 'x parity', protocol: { steps: 6 } },
  ],
};
const none: Question = { rows: [], columns: [], only: '' };
const asked = (question: Partial<Question>) => askedOf(registry, plain, { ...none, ...question });
const idsOf = (list: unknown) =>
  (list as (string | { id: string; label?: string })[]).map((each) =>
    typeof each === 'string' ? each : (each.label ?? each.id),
  );
const grid = (question: Partial<Question>) => {
  const { architectures, tasks } = asked(question)!;
  return [idsOf(architectures), idsOf(tasks)];
};

describe('rows and columns that are named', () => {
  it('take the place of those of the experiment, each as it is written there', () => {
    const { architectures, tasks } = asked({ rows: ['mamba', 'lstm'], columns: ['counting,z5'] })!;
    expect(architectures).toEqual(['mamba', plain.architectures[0]]);
    expect(tasks).toEqual([plain.tasks[1], 'z5']);
  });

  it('may be one side alone, patterns, families and levels, and each counts once', () => {
    expect(grid({ rows: ['family:deltanet'] })).toEqual([
      ['deltanet', 'deltanet-negative'],
      ['parity', 'counting'],
    ]);
    const [rows, columns] = grid({ columns: ['*dyck*', 'level:counter', 'dyck-1', 'regex:a{1,2}'] });
    expect(rows).toEqual(['lstm', 'wide-gru']);
    expect(columns).toEqual(expect.arrayContaining(['bounded-dyck-3', 'dyck', 'anbn', 'counting', 'regex:a{1,2}']));
    expect(columns!.filter((name) => name === 'dyck-1')).toHaveLength(1);
    expect(grid({ rows: ['wide-*', 'cot-mamba'] })[0]).toEqual(['wide-gru', 'cot-mamba']);
  });

  it('keep what the experiment says of the cells that are left', () => {
    const { overrides, architectures } = asked({ rows: ['wide-gru', 'lstm'], columns: ['parity'] })!;
    expect(overrides).toEqual([plain.overrides[1]]);
    expect(architectures).toEqual([{ id: 'gru', label: 'wide-gru' }, plain.architectures[0]]);
  });

  it.each<[Partial<Question>, RegExp]>([
    [{ rows: ['lsmt'] }, /no architecture called "lsmt" \(--rows\)[^]*Did you mean lstm/],
    [{ columns: ['*foo*'] }, /no task called "\*foo\*" \(--columns\)/],
    [{ columns: ['level:countre'] }, /Did you mean level:counter\?/],
    [{ columns: ['level:'] }, /Did you mean level:\w+/],
    [{ rows: ['level:regular'] }, /architectures have no level/],
    [{ columns: ['parity_check'] }, /Deletang et al. 2023 calls that is parity here/],
    [{ rows: ['family:nobody'] }, /no architecture called "family:nobody"/],
  ])('%j is refused with the nearest', (question, message) => {
    expect(() => asked(question)).toThrow(message);
  });

  it('are nothing to an experiment without a grid', () => {
    const { architectures: _, ...without } = plain;
    expect(() => askedOf(registry, without, { ...none, rows: ['lstm'] })).toThrow('are for experiments with');
  });
});

describe('--only', () => {
  it.each(['', 'lstm', 'x parity', '* x counting', 'wide-gru x parity', 'uniform', 'lsmt x parity', 'lstm x partiy'])(
    '"%s" names nothing that is not in the experiment',
    (only) => expect(asked({ only })).toBeNull(),
  );

  it('brings in units that the experiment does not have', () => {
    expect(grid({ only: 'mamba x parity' })).toEqual([['mamba'], ['parity']]);
    expect(grid({ only: 'mamba' })).toEqual([['mamba'], ['parity', 'counting']]);
    expect(grid({ only: 'x level:context-free' })[1]).toEqual(expect.arrayContaining(['palindrome']));
    expect(grid({ only: 'oracle x z5' })).toEqual([['lstm', 'wide-gru'], ['z5']]);
    expect(grid({ only: 'mamba* x z5, lstm x parity' })).toEqual([
      ['mamba', 'mamba-2', 'mamba-negative', 'lstm'],
      ['z5', 'parity'],
    ]);
  });
});

describe('the name', () => {
  const name = (question: Partial<Question>, settings: string[] = [], more = {}) => {
    const file = { plain: { ...asked(question), ...more }, file: 'tiny.json' };
    return nameOf(understandExperiment(registry, file, settings).experiment);
  };

  it('says what is asked, whatever the seeds', () => {
    expect(name({ rows: ['mamba', 'lstm'], columns: ['parity'] })).toMatch(/^mamba-lstm-x-parity-[0-9a-f]{8}$/);
    expect(name({ columns: ['regex:(ab)*'] })).toMatch(/^lstm-wide-gru-x-regex-ab-[0-9a-f]{8}$/);
    expect(name({ columns: ['level:regular'] }).length).toBeLessThan(80);
    const question = { rows: ['mamba'] };
    expect(name(question, [], { seeds: 3 })).toBe(name(question));
    expect(name(question, ['protocol.steps=7'])).not.toBe(name(question));
    expect(name({ rows: ['gru'] })).not.toBe(name({ rows: ['wide-gru'] }));
  });
});
