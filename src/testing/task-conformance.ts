import { chomskyLevels } from '../core/contracts/chomsky-level';
import { parts, type Part, type Task, type TaskMeta } from '../core/contracts/task';
import { zooError } from '../core/errors';
import { createRng } from '../core/random';
import { unitOf, type UnitClass } from '../../registry/units';
import { made } from './made';
import { nearestLength } from '../data/lengths';
import { contradictions } from '../theory/column-properties';

/** One named property of a unit; `run` throws where the unit has it not. */
export interface ConformanceCheck {
  readonly name: string;
  /** Whether there is anything to check: the unit has the optional part that the property is about. */
  readonly applies: boolean;
  run(): void;
}

/** Which inputs a task is checked on. */
export interface ConformanceOptions {
  /** Lengths asked for. */
  readonly lengths?: readonly number[];
  readonly samplesPerLength?: number;
  /** Over the defaults. */
  readonly hyperparameters?: object;
}

/** Length and number of inputs at which a training and a test stream are compared. */
const separation = { length: 40, inputs: 400, shared: 4 };

/**
 * What the contract of a task promises, as checks for any test runner:
 * `for (const { name, applies, run } of taskConformance(MyTask)) (applies ? it : it.skip)(name, run)`.
 */
export function taskConformance(taskClass: UnitClass<'task'>, options: ConformanceOptions = {}): ConformanceCheck[] {
  const meta = unitOf(taskClass)?.meta as TaskMeta;
  const task = made('task', taskClass, options.hyperparameters);
  const hasTrace = task.trace !== undefined;
  const lengths = options.lengths ?? [1, 2, 3, 4, 5, 8, 13, 40, 100, 257];
  const lengthOf = (length: number) => nearestLength(task, length);
  const draw = (seed: string, length: number, count: number) => {
    const rng = createRng(seed);
    return Array.from({ length: count }, () => Object.freeze(task.sample(rng, lengthOf(length))) as readonly number[]);
  };
  const inputs = lengths.flatMap((length) => draw(`conformance ${length}`, length, options.samplesPerLength ?? 8));

  const check = (
    name: string,
    run: (assert: (holds: boolean, problem: string) => void) => void,
    applies = true,
  ): ConformanceCheck => ({
    name,
    applies,
    run: () =>
      run((holds, problem) => {
        if (!holds) throw zooError('nonconforming-task', { task: meta.id, check: name, problem });
      }),
  });

  return [
    check('describes itself', (assert) => {
      assert(
        /^([a-z0-9]+(-[a-z0-9]+)*|[a-z]+:.+)$/.test(meta.id),
        'the id is neither lower-case words joined by hyphens nor kind:language',
      );
      assert(Number.isInteger(meta.version) && meta.version >= 1, 'the version is not a whole number from 1');
      assert(chomskyLevels.includes(meta.level), `there is no level "${meta.level}"`);
      for (const text of [meta.title, meta.summary, meta.answerLengthRule, meta.circuitClass.name])
        assert(text.trim().length > 0, 'a text is empty');
      for (const reference of [meta.reference, meta.circuitClass.reference])
        assert([reference.authors, reference.title, reference.identifier].every(Boolean), 'a reference is incomplete');
    }),

    check('has readable alphabets', (assert) => {
      for (const [name, alphabet] of Object.entries(task.alphabets) as [string, readonly string[]][]) {
        assert(alphabet.length > 0, `the ${name} alphabet is empty`);
        assert(new Set(alphabet).size === alphabet.length, `the ${name} alphabet names a symbol twice`);
        assert(
          alphabet.every((symbol) => /^\S+$/.test(symbol)),
          `the ${name} alphabet has an empty or spaced symbol`,
        );
      }
    }),

    check('samples inputs of the asked-for length over the input alphabet', (assert) => {
      for (const length of lengths) {
        assert(lengthOf(lengthOf(length)) === lengthOf(length), `inputLength(${length}) is not a length of its own`);
        for (const input of draw(`lengths ${length}`, length, 4))
          assert(input.length === lengthOf(length), `asked for ${lengthOf(length)} symbols, got ${input.length}`);
      }
      for (const input of inputs) assert(isOver(task.alphabets.input, input), `[${input}] leaves the input alphabet`);
    }),

    check('samples alike for the same seed only', (assert) => {
      const [once, again, other] = ['a', 'a', 'b'].map((seed) => JSON.stringify(draw(seed, separation.length, 20)));
      assert(once === again, 'two streams of one seed give different inputs');
      assert(once !== other, 'the seed is ignored');
    }),

    check('answers over the output alphabet, within the answer length', (assert) => {
      for (const input of inputs) {
        const answer = task.solve(input);
        assert(isOver(task.alphabets.output, answer), `[${answer}] leaves the output alphabet`);
        assert(answer.length <= task.answerLength(input.length), `${answer.length} symbols exceed answerLength`);
        assert(String(answer) === String(task.solve(input)), `two answers to [${input}]`);
      }
    }),

    check('scores at least one position and no more than it answers', (assert) => {
      for (const input of inputs) {
        const scored = scoredOf(task, input);
        const fits = Number.isInteger(scored) && scored >= 1 && scored <= task.solve(input).length;
        assert(fits, `${scored} of ${task.solve(input).length} positions are scored for [${input}]`);
      }
    }),

    check('has trace, trace length and trace alphabet together or not at all', (assert) => {
      const parts = [task.trace, task.traceLength, task.alphabets.trace].filter((part) => part !== undefined).length;
      assert(parts === 0 || parts === 3, 'trace, traceLength and the trace alphabet come together or not at all');
    }),

    check(
      'traces over the trace alphabet, within the trace length',
      (assert) => {
        for (const input of inputs) {
          const trace = task.trace!(input);
          assert(isOver(task.alphabets.trace!, trace), `the trace of [${input}] leaves the trace alphabet`);
          assert(trace.length <= task.traceLength!(input.length), `${trace.length} symbols exceed traceLength`);
          assert(String(trace) === String(task.trace!(input)), `two traces of [${input}]`);
        }
      },
      hasTrace,
    ),

    check(
      'has traces that lead to the answer',
      (assert) => {
        // The answer can be read off the trace: inputs of one length with equal traces have equal answers.
        const answers = new Map<string, string>();
        for (const input of [...inputs, ...[2, 3, 4, 5].flatMap((length) => draw('trace', length, 60))]) {
          const trace = `${input.length}: ${task.trace!(input)}`;
          const answer = String(task.solve(input).slice(0, scoredOf(task, input)));
          assert((answers.get(trace) ?? answer) === answer, `the trace ${trace} goes with two answers`);
          answers.set(trace, answer);
        }
      },
      hasTrace,
    ),

    check('has labels of prefixes exactly where it says so', (assert) => {
      assert(meta.labels.aligned === (task.aligned !== undefined), 'labels.aligned and the method disagree');
    }),

    check(
      'labels every prefix',
      (assert) => {
        for (const input of inputs) {
          const labels = task.aligned!(input);
          assert(labels.length === input.length, `${labels.length} labels for ${input.length} symbols`);
          assert(isOver(task.alphabets.output, labels), `a label of [${input}] leaves the output alphabet`);
          if (meta.labels.final && scoredOf(task, input) === 1)
            assert(labels.at(-1) === task.solve(input)[0], `the last label of [${input}] is not the answer`);
        }
      },
      task.aligned !== undefined,
    ),

    check(
      'has each input of its collection in one part and with an answer',
      (assert) => {
        const collection = task.collection!;
        const known = new Map<string, Part>();
        for (const part of parts)
          for (const length of collection.lengths(part)) {
            const own = collection.inputs(part, length);
            assert(own.length > 0, `${part} names the length ${length} and has no input of it`);
            for (const input of own) {
              assert(input.length === length, `[${input}] is no input of length ${length}`);
              assert(isOver(task.alphabets.input, input), `[${input}] leaves the input alphabet`);
              assert(isOver(task.alphabets.output, task.solve(input)), `the answer to [${input}] leaves its alphabet`);
              assert((known.get(input.join()) ?? part) === part, `[${input}] is in two parts`);
              known.set(input.join(), part);
            }
          }
      },
      task.collection !== undefined,
    ),

    check(
      'answers by the last state of its automaton',
      (assert) => {
        const automaton = task.answerAutomaton!();
        if (!automaton) return;
        const short = [1, 2, 3, 4, 5, 6, 7].flatMap((length) => draw('automaton', length, 40));
        // Of inputs of one length, equal answers are equal states' answers and the other way round.
        const [answers, states] = [new Map<string, string>(), new Map<string, string>()];
        for (const input of [...inputs, ...short]) {
          let state = 0;
          for (const symbol of input) state = automaton.transitions[state]![symbol]!;
          assert(automaton.answers[state] !== null, `its automaton says that no input ends like [${input}]`);
          const [answer, told] = [task.solve(input), automaton.answers[state]].map((own) => `${input.length}: ${own}`);
          assert((answers.get(told!) ?? answer) === answer, `[${input}]: its automaton has one answer for two`);
          assert((states.get(answer!) ?? told) === told, `[${input}]: its automaton has two answers for one`);
          answers.set(told!, answer!);
          states.set(answer!, told!);
        }
      },
      task.answerAutomaton !== undefined,
    ),

    check('declares of theory nothing that its automaton contradicts', (assert) => {
      const [problem] = contradictions(
        meta,
        task,
        options.hyperparameters && withDefaults(meta, options.hyperparameters),
      );
      assert(problem === undefined, problem ?? '');
    }),

    check('keeps training and test sets apart where there is room', (assert) => {
      const training = draw('conformance/train', separation.length, separation.inputs);
      const testing = draw('conformance/test', separation.length, separation.inputs);
      // No input came up twice, so there are far more than inputs^2 / 2 of them and chance repeats are rare.
      if (distinct(training) < training.length || distinct(testing) < testing.length) return;
      const shared = 2 * separation.inputs - distinct([...training, ...testing]);
      assert(shared <= separation.shared, `${shared} of ${separation.inputs} test inputs were trained on`);
    }),
  ];
}

const withDefaults = ({ hyperparameters: Shape }: TaskMeta, given: object): object => ({
  ...(Shape && new Shape()),
  ...given,
});

const isOver = (alphabet: readonly string[], ids: readonly number[]) =>
  ids.every((id) => Number.isInteger(id) && id >= 0 && id < alphabet.length);

const distinct = (inputs: readonly (readonly number[])[]) => new Set(inputs.map(String)).size;

const scoredOf = (task: Task, input: readonly number[]) => task.scored?.(input) ?? task.solve(input).length;
