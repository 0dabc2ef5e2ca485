import { IsNotEmpty, IsString } from 'class-validator';
import { type CircuitClass, type Rng, type TaskMeta, zooError, family, task, type UnitClass } from '../registry';
import { isStarFree } from './parts/aperiodic';
import { AutomatonTask } from './parts/automaton-task';
import { ac0, hopcroftUllman, nonSolvableGroup } from './parts/references';
import { compileExpression } from './parts/regular-expression';

export class RegexHyperparameters {
  /** In the syntax of JavaScript, matched against whole words. */
  @IsString() @IsNotEmpty() expression = '(ab|aabb)*';
  /** Symbols of the alphabet beside those that the expression names. */
  @IsString() symbols = '';
}

/** Lengths up to which a length with members and non-members is looked for. */
const longest = 1000;

const meta = {
  id: 'regex',
  version: 1,
  title: 'Regular expression',
  summary: "A word; whether it is in the language of a regular expression, (ab|aabb)* or one's own.",
  level: 'regular',
  circuitClass: ac0,
  reference: hopcroftUllman,
  answerLengthRule: 'always 1',
  labels: { final: true, aligned: true },
} satisfies TaskMeta;

/** Recognition of the language of a regular expression. */
@task({
  ...meta,
  hyperparameters: RegexHyperparameters,
  otherNames: [
    { name: 'repeat-01', source: 'FLaRe (Butoi et al. 2025)', here: 'regex:(01)*' },
    { name: 'first', source: 'FLaRe (Butoi et al. 2025)', here: 'regex:1(0|1)*' },
    { name: 'ABABStar', source: 'Bhattamishra et al. 2020', here: 'regex:(abab)*' },
    { name: 'AAStar', source: 'Bhattamishra et al. 2020', here: 'regex:(aa)* with symbols=b' },
    { name: 'ABStar', source: 'Bhattamishra et al. 2020', here: 'regex:(ab)*' },
  ],
})
export class Regex extends AutomatonTask {
  private readonly expression;

  constructor({ expression, symbols } = new RegexHyperparameters()) {
    const compiled = compileExpression(expression, symbols);
    super(compiled.symbols, compiled.automaton);
    this.expression = expression;
    if (Array.from({ length: longest }, (_, i) => i + 1).some((length) => this.isBalanced(length))) return;
    const problem = 'there is no length with both members and non-members; a larger alphabet (symbols) may help';
    throw zooError('invalid-language', { language: `the regular expression "${expression}"`, problem });
  }

  /** @throws no-member if no word of this length is a member, or every word is. */
  override sample(rng: Rng, length: number): number[] {
    if (this.isBalanced(length)) return super.sample(rng, length);
    const what = this.hasMember(length) ? 'non-member' : 'member';
    const nearest = [this.inputLength(length)];
    throw zooError('no-member', { task: `regex:${this.expression}`, length, what, nearest });
  }
}

/** A task of its own for an expression: `regex:(ab)*`. */
export function createRegexTask(expression: string): UnitClass<'task'> {
  const { automaton } = compileExpression(expression);
  // Every regular language is in NC1 (Barrington 1989); star-free ones are in AC0.
  const circuitClass: CircuitClass = isStarFree(automaton) ? ac0 : { ...nonSolvableGroup, name: 'NC1' };
  const id = `regex:${expression}`;
  const summary = `A word; whether it is in the language of ${expression}.`;
  @task({ ...meta, id, title: id, summary, circuitClass, variantOf: 'regex' })
  class ExpressionTask extends Regex {
    constructor() {
      super({ expression, symbols: '' });
    }
  }
  return ExpressionTask;
}

/** `regex:EXPRESSION` is the name of such a task. */
family({ base: 'regex', hyperparameter: 'expression' }, createRegexTask);
