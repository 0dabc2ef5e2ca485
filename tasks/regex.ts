import { IsNotEmpty, IsString } from 'class-validator';
import { type TaskMeta, family, task, type UnitClass } from '../registry';
import { DescribedAutomaton } from './parts/described-automaton';
import { ac0, hopcroftUllman } from './parts/references';
import { compileExpression } from './parts/regular-expression';
import { remembering } from './parts/remember';
import { circuitClassOfLanguage } from './parts/algebra/circuit-class';

export class RegexHyperparameters {
  /** In the syntax of JavaScript, matched against whole words. */
  @IsString() @IsNotEmpty() expression = '(ab|aabb)*';
  /** Symbols of the alphabet beside those that the expression names. */
  @IsString() symbols = '';
}

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
  // Of an automaton whose monoid is not computed; otherwise the class is.
  theory: { circuitClass: 'NC1' },
} satisfies TaskMeta;

const compiled = remembering((expression: string) => compileExpression(expression));

/** Recognition of the language of a regular expression. */
@task({
  ...meta,
  hyperparameters: RegexHyperparameters,
  otherNames: [
    { name: 'repeat-01', source: 'FLaRe (Butoi et al. 2025)', here: 'regex:(01)*' },
    { name: 'first', source: 'FLaRe (Butoi et al. 2025)', here: 'regex:1(0|1)*' },
    { name: 'ABABStar', source: 'Bhattamishra et al. 2020', here: 'regex:(abab)*' },
    { name: 'AAStar', source: 'Bhattamishra et al. 2020', here: 'regex:(aa)*b{0}' },
    { name: 'ABStar', source: 'Bhattamishra et al. 2020', here: 'regex:(ab)*' },
  ],
})
export class Regex extends DescribedAutomaton {
  constructor({ expression, symbols } = new RegexHyperparameters()) {
    const language = symbols ? compileExpression(expression, symbols) : compiled(expression);
    const another = [...'abcx'].find((symbol) => !language.symbols.includes(symbol));
    const remedy = another ? `; ${another}{0} behind it names one more symbol` : '';
    super(`regex:${expression}`, `the regular expression "${expression}"`, language, remedy);
  }
}

/** A task of its own for an expression: `regex:(ab)*`. */
export function createRegexTask(expression: string): UnitClass<'task'> {
  const circuitClass = circuitClassOfLanguage(compiled(expression).automaton);
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
