import { IsNotEmpty, IsString } from 'class-validator';
import {
  type Alphabets,
  type Rng,
  type TaskMeta,
  zooError,
  createRng,
  family,
  task,
  type UnitClass,
} from '../registry';
import { invalid, parseGrammar, type Rules } from './parts/backus-naur';
import { ContextFreeLanguage } from './parts/context-free';
import { RecognitionTask, verdicts } from './parts/recognition';
import { contextFree, hopcroftUllman, nonSolvableGroup } from './parts/references';

export class GrammarHyperparameters {
  /** Backus-Naur form; the first rule is the start. */
  @IsString() @IsNotEmpty() rules = '<e> ::= "x" | <e> "-" | <e> <e> "+"';
}

/** Members are looked for up to this length, and non-members at the first few lengths that have members. */
const longest = 100;
const mostLengths = 12;
/** Uniform words tried in search of a non-member. */
const mostDraws = 200;

const meta = {
  id: 'grammar',
  version: 1,
  title: 'Grammar',
  summary: "A word; whether a context-free grammar makes it: postfix expressions, or one's own.",
  level: 'context-free',
  circuitClass: contextFree,
  reference: hopcroftUllman,
  answerLengthRule: 'always 1',
  labels: { final: true, aligned: false },
} satisfies TaskMeta;

/** Recognition of the language of a context-free grammar. */
@task({ ...meta, hyperparameters: GrammarHyperparameters })
export class Grammar extends RecognitionTask {
  readonly alphabets: Alphabets;
  private readonly language;
  private readonly balanced = new Map<number, boolean>();

  constructor({ rules } = new GrammarHyperparameters()) {
    super();
    this.language = new ContextFreeLanguage(parseGrammar(rules));
    this.alphabets = { input: this.language.terminals, output: verdicts };
    const lengths = Array.from({ length: longest }, (_, i) => i + 1);
    const withMembers = lengths.filter((length) => this.language.countTrees(length) > 0n).slice(0, mostLengths);
    if (!withMembers.some((length) => this.isBalanced(length)))
      throw invalid('there is no length with both members and non-members');
  }

  /** @throws no-member if no word of this length is a member, or almost every word is. */
  override sample(rng: Rng, length: number): number[] {
    if (this.isBalanced(length)) return super.sample(rng, length);
    const what = this.language.countTrees(length) > 0n ? 'non-member' : 'member';
    throw zooError('no-member', { task: 'grammar', length, what, nearest: [this.inputLength(length)] });
  }

  protected contains(word: readonly number[]): boolean {
    return this.language.contains(word);
  }
  protected isBalanced(length: number): boolean {
    const known = this.balanced.get(length);
    if (known !== undefined) return known;
    const isBalanced = this.language.countTrees(length) > 0n && this.hasNonMember(length);
    this.balanced.set(length, isBalanced);
    return isBalanced;
  }
  protected sampleMember(rng: Rng, length: number): number[] {
    return this.language.sample(rng, length);
  }

  /** Fewer trees than words is proof; with more, some uniform word of a fixed stream has to be a non-member. */
  private hasNonMember(length: number): boolean {
    const symbols = this.alphabets.input.length;
    if (this.language.countTrees(length) < BigInt(symbols) ** BigInt(length)) return true;
    const rng = createRng(`grammar/${length}`);
    for (let draw = 0; draw < mostDraws; draw++)
      if (!this.contains(Array.from({ length }, () => rng.integer(symbols)))) return true;
    return false;
  }
}

/** A task of its own for a grammar, called `grammar:NAME`. */
export function createGrammarTask(name: string, text: string): UnitClass<'task'> {
  const isRegular = isLinearToOneSide(parseGrammar(text));
  const id = `grammar:${name}`;
  const own: Partial<TaskMeta> = isRegular
    ? { level: 'regular', circuitClass: { ...nonSolvableGroup, name: 'NC1' } }
    : {};
  const summary = `A word; whether the grammar ${name} makes it.`;
  @task({ ...meta, ...own, id, title: id, summary, variantOf: 'grammar' })
  class NamedGrammar extends Grammar {
    constructor() {
      super({ rules: text });
    }
  }
  return NamedGrammar;
}

/** `grammar:FILE` is the name of such a task. */
family({ base: 'grammar', hyperparameter: 'rules', fromFile: true }, createGrammarTask);

/** Whether names of rules stand last in every alternative, or first in every one: such languages are regular. */
function isLinearToOneSide(rules: Rules): boolean {
  const alternatives = [...rules.values()].flat();
  const isAtEnd = alternatives.every((rest) => rest.slice(0, -1).every(({ isTerminal }) => isTerminal));
  const isAtStart = alternatives.every((rest) => rest.slice(1).every(({ isTerminal }) => isTerminal));
  return isAtEnd || isAtStart;
}
