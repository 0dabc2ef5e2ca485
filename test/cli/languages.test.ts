import { zoo, workingFolder, tinyExperiment } from '../support/cli';

const folder = workingFolder();
const at = (commandLine: string[]) => zoo(commandLine, { workingFolder: folder.path });
const answers = '<s> ::= "a" <s> "b" | "a" "b"';

describe('regex:EXPRESSION', () => {
  it('is solved, sampled and shown like any task', async () => {
    expect((await at(['solve', 'regex:(ab)*', '0 1 0 1', '--json'])).json()).toMatchObject({ output: [1] });
    expect((await at(['solve', 'regex:(ab)*', '0 1 1', '--json'])).json()).toMatchObject({ output: [0] });
    const { samples } = (await at(['sample', 'regex:(a|b)*a', '--length', '7', '--json'])).json<{
      samples: { input: number[] }[];
    }>();
    expect(samples[0]!.input).toHaveLength(7);
    expect((await at(['show', 'regex:(b*ab*a)*b*', '--json'])).json()).toMatchObject({
      id: 'regex:(b*ab*a)*b*',
      circuitClass: { name: 'ACC0 (not AC0)' },
    });
  });

  it('is shown with its alphabet and smallest words in one line near the top', async () => {
    const lines = (await at(['show', 'regex:a*(b∪ε)'])).stdout.split('\n');
    expect(lines.slice(0, 6)).toContain(
      'Alphabet a b. Smallest words in the language: (the empty word), a, b; not in it: ba, bb, aba.',
    );
    expect((await at(['show', 'regex:(ab)*', '--json'])).json()).toMatchObject({
      smallestWords: { members: [[], [0, 1], [0, 1, 0, 1]], nonMembers: [[0], [1], [0, 0]] },
    });
  });

  it('says which of two meanings a plus may have', async () => {
    const { exitCode, stderr } = await at(['show', 'regex:(a+b)*']);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/position 3: "\+" may be a union, which is written \| \(\(a\|b\)\*\)/);
  });

  it('says at which position an expression is wrong', async () => {
    const { exitCode, stderr } = await at(['solve', 'regex:(ab', '0']);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/error invalid-language[^]*"\(ab": position 4: Unterminated group/);
  });

  it('says at which length near it there are members', async () => {
    const { exitCode, stderr } = await at(['sample', 'regex:(ab)*', '--length', '7']);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('The language of "regex:(ab)*" has no member of length 7.\n  Did you mean length 6?');
  });
});

describe('grammar:FILE', () => {
  it('is read from the working folder', async () => {
    folder.write('equal.bnf', answers);
    expect((await at(['solve', 'grammar:equal.bnf', '0 0 1 1', '--json'])).json()).toMatchObject({
      output: [1],
    });
    expect((await at(['solve', 'grammar:equal.bnf', '0 1 0 1', '--json'])).json()).toMatchObject({
      output: [0],
    });
  });

  it('says which file is not there, and which line is wrong', async () => {
    expect((await at(['solve', 'grammar:none.bnf', '0'])).stderr).toContain(
      'error missing-file\n  There is no file none.bnf',
    );
    folder.write('wrong.bnf', '<s> ::= "a"\n  | b');
    expect((await at(['solve', 'grammar:wrong.bnf', '0'])).stderr).toContain('line 2: "b" is neither');
  });
});

describe('automaton:FILE', () => {
  const even = {
    alphabet: ['a', 'b'],
    states: ['even', 'odd'],
    initial_state: 'even',
    accepting_states: ['even'],
    transitions: { even: { a: 'odd', b: 'even' }, odd: { a: 'even' } },
  };

  it('is solved, shown and sampled by the automaton of a file', async () => {
    folder.write('even.json', even);
    expect((await at(['solve', 'automaton:even.json', '0 1 0', '--json'])).json()).toMatchObject({
      output: [0],
      trace: [1, 2, 2],
    });
    const { stdout } = await at(['show', 'automaton:even.json']);
    expect(stdout).toContain(
      'Alphabet a b. Smallest words in the language: (the empty word), b, aa; not in it: a, ab, ba.',
    );
    expect(stdout).toMatch(/trace +0 even, 1 odd, 2 sink/);
    expect(stdout).toContain('circuit class  AC0');
  });

  it('says what is wrong with a file, and where', async () => {
    folder.write('even.json', { ...even, initial_state: 'evn' });
    const { exitCode, stderr } = await at(['show', 'automaton:even.json']);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('initial_state: there is no state "evn"; did you mean "even"?');
    expect((await at(['show', 'automaton:none.json'])).stderr).toContain('There is no file none.json');
  });
});

describe('a grammar that stays ambiguous', () => {
  it('is shown with the law by which its words are drawn', async () => {
    folder.write('equal.bnf', 'S -> a S b | b S a | S S | ε');
    const { stdout } = await at(['show', 'grammar:equal.bnf']);
    expect(stdout).toContain(
      'Alphabet a b. Smallest words in the language: (the empty word), ab, ba; not in it: a, b, aa.',
    );
    expect(stdout).toMatch(/drawn +members by uniform derivation trees/);
  });
});

describe('in an experiment', () => {
  interface Specification {
    readonly task: { readonly id: string; readonly hyperparameters: object };
  }
  const planned = async (tasks: string[]) => {
    const file = folder.write('mine.json', { ...tinyExperiment, name: 'mine', baselines: [], tasks });
    const { exitCode, stdout, stderr } = await zoo(['plan', file, '--json']);
    expect(exitCode).toBe(0);
    // Words of even length only: what is measured instead is told.
    expect(stderr).toMatch(
      /^((grammar|regex):\S+( (grammar|regex):\S+)* (has|have) inputs of some lengths only: in range 2, near 6, far 18\.\n)*$/,
    );
    return JSON.parse(stdout) as { cells: { key: string; task: string; specification?: Specification }[] };
  };

  it('keys a cell by the content of the grammar, found beside the experiment', async () => {
    folder.write('mine.bnf', answers);
    const [first] = (await planned(['grammar:mine.bnf'])).cells;
    expect(first!.task).toBe('grammar:mine.bnf');
    folder.write('mine.bnf', `${answers} | "b"`);
    const [changed] = (await planned(['grammar:mine.bnf'])).cells;
    expect(changed!.key).not.toBe(first!.key);
  });

  it('measures an ambiguous grammar, and its record says by what law it was drawn', async () => {
    folder.write('equal.bnf', 'S -> a S b | b S a | S S | ε');
    folder.write('equal.json', {
      ...tinyExperiment,
      name: 'equal',
      baselines: ['uniform'],
      tasks: ['grammar:equal.bnf'],
    });
    const { exitCode } = await at(['run', 'equal.json', '--workers', '0', '--json']);
    expect(exitCode).toBe(0);
    const records = (await at(['matrix', 'equal.json', '--format', 'json'])).stdout;
    expect(records).toContain('grammar:equal.bnf');
  });

  it('keys a cell by the expression', async () => {
    const { cells } = await planned(['regex:(ab)*', 'regex:(ba)*']);
    expect(cells.map(({ task }) => task)).toEqual(['regex:(ab)*', 'regex:(ba)*']);
    expect(cells[0]!.key).not.toBe(cells[1]!.key);
  });

  it('trains and prints the column under the name that was written', async () => {
    folder.write('mine.bnf', answers);
    const tasks = ['regex:(a|b)*a', 'grammar:mine.bnf'];
    folder.write('mine.json', { ...tinyExperiment, name: 'mine', baselines: ['uniform'], tasks });
    const { exitCode, stdout, stderr } = await at(['run', 'mine.json', '--workers', '0', '--json']);
    expect([exitCode, stderr.includes('error')]).toEqual([0, false]);
    for (const id of tasks) expect(stdout).toContain(`"${id}"`);
  });
});
