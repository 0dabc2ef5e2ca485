import { IsNotEmpty, IsString } from 'class-validator';
import {
  type Alphabets,
  type DeclaredColumn,
  type Rng,
  type Task,
  type TaskMeta,
  family,
  task,
  type UnitClass,
} from '../registry';
import { countersOf } from './parts/column-theory';
import { associativeForm } from './parts/associative-form';
import { parseGrammar } from './parts/backus-naur';
import { ContextFreeLanguage, terminalsOf } from './parts/context-free';
import { ContextFreeTask } from './parts/context-free-task';
import { DescribedAutomaton, type RegularLanguage } from './parts/described-automaton';
import { contextFree, dyckThreshold, hopcroftUllman } from './parts/references';
import { automatonOf, usefulRules } from './parts/regular-grammar';
import { remembering } from './parts/remember';
import { circuitClassOfLanguage } from './parts/algebra/circuit-class';

/** Postfix expressions over a value, an operator of one operand, and one of two. */
const postfix = '<e> ::= "x" | <e> "-" | <e> <e> "+"';

export class GrammarHyperparameters {
  /** In Backus-Naur form or another of the notations that are read; the first rule is the start. */
  @IsString() @IsNotEmpty() rules = postfix;
}

/** Heights of at least 1 before `-` and 2 before `+`, and 1 at the end, are postfix expressions: one counter. */
const theoryOf = ({ rules }: GrammarHyperparameters): DeclaredColumn =>
  rules === postfix
    ? countersOf(1)
    : { level: 'context-free', circuitClass: contextFree.name, isRegular: null, pushdown: 'nondeterministic' };

const meta = {
  id: 'grammar',
  version: 2,
  title: 'Grammar',
  summary: "A word; whether a context-free grammar makes it: postfix expressions, or one's own.",
  level: 'counter',
  circuitClass: dyckThreshold,
  reference: hopcroftUllman,
  answerLengthRule: 'always 1',
  labels: { final: true, aligned: false },
  theory: theoryOf,
} satisfies TaskMeta;

/** Of a grammar that is known to make a regular language, its automaton. */
const languageOf = remembering((text: string): RegularLanguage | ContextFreeLanguage => {
  const rules = parseGrammar(text);
  const symbols = terminalsOf(rules);
  const useful = usefulRules(rules);
  const automaton = automatonOf(useful, symbols) ?? automatonOf(usefulRules(associativeForm(useful)), symbols);
  return automaton ? { symbols, automaton } : new ContextFreeLanguage(useful, symbols);
});

/** Recognition of the language of a context-free grammar; a regular one is recognised by its automaton. */
@task({ ...meta, hyperparameters: GrammarHyperparameters })
export class Grammar implements Task {
  readonly alphabets: Alphabets;
  readonly trace: Task['trace'];
  readonly traceLength: Task['traceLength'];
  readonly aligned: Task['aligned'];
  readonly answerAutomaton: Task['answerAutomaton'];
  private readonly recognition: DescribedAutomaton | ContextFreeTask;

  constructor({ rules } = new GrammarHyperparameters()) {
    const language = languageOf(rules);
    if (language instanceof ContextFreeLanguage) this.recognition = new ContextFreeTask(language);
    else {
      const regular = new DescribedAutomaton('grammar', 'the grammar', language);
      this.recognition = regular;
      this.trace = (input) => regular.trace(input);
      this.traceLength = (inputLength) => regular.traceLength(inputLength);
      this.aligned = (input) => regular.aligned(input);
      this.answerAutomaton = () => regular.answerAutomaton();
    }
    this.alphabets = this.recognition.alphabets;
  }

  get law() {
    return (this.recognition as Task).law;
  }
  sample = (rng: Rng, length: number) => this.recognition.sample(rng, length);
  solve = (input: readonly number[]) => this.recognition.solve(input);
  answerLength = () => this.recognition.answerLength();
  inputLength = (length: number) => this.recognition.inputLength(length);
  smallestWords = () => this.recognition.smallestWords();
}

/** What a context-free language says that is not known to be regular. */
const ownOf = (text: string): Partial<TaskMeta> =>
  text === postfix ? {} : { level: 'context-free', circuitClass: contextFree, theory: theoryOf({ rules: text }) };

/** A task of its own for a grammar, called `grammar:NAME`. */
export function createGrammarTask(name: string, text: string): UnitClass<'task'> {
  const language = languageOf(text);
  const isRegular = !(language instanceof ContextFreeLanguage);
  const id = `grammar:${name}`;
  const own: Partial<TaskMeta> = isRegular
    ? {
        level: 'regular',
        circuitClass: circuitClassOfLanguage(language.automaton),
        labels: { final: true, aligned: true },
        theory: {},
      }
    : ownOf(text);
  const isByTrees = !isRegular && language.law === 'trees';
  const summary = `A word; whether the grammar ${name} makes it${isByTrees ? ' (members are drawn by derivation trees)' : ''}.`;
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
