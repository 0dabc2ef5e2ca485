import { IsInt, IsOptional, Max, Min } from 'class-validator';
import {
  type Alphabets,
  type AnswerAutomaton,
  type DeclaredColumn,
  type Rng,
  type TaskMeta,
  task,
  type UnitClass,
} from '../registry';
import { countersOf, stackOf, starFreeColumn } from './parts/column-theory';
import {
  boundedPath,
  bracketsAlong,
  bracketSymbols,
  freePath,
  isOpening,
  openKinds,
  stackAutomaton,
} from './parts/bracket-words';
import { RecognitionTask, verdicts } from './parts/recognition';
import { ac0, chomskySchutzenberger, dyckThreshold } from './parts/references';
import { decimalDigits, decimalWidth, toDecimal } from './parts/symbols';

export class DyckHyperparameters {
  /** Kinds of brackets. */
  @IsInt() @Min(1) @Max(64) kinds = 4;
  /** Deeper nesting is outside the language; no bound where absent. */
  @IsOptional() @IsInt() @Min(1) @Max(1000) maximumDepth?: number;
}

const meta = {
  id: 'dyck',
  version: 1,
  title: 'Dyck language',
  summary: 'A string of brackets of several kinds; whether it is well nested.',
  level: 'deterministic-context-free',
  circuitClass: dyckThreshold,
  reference: chomskySchutzenberger,
  answerLengthRule: 'always 1',
  labels: { final: true, aligned: false },
} satisfies TaskMeta;

/**
 * Without a bound one kind is a counter and several are a stack. With one, every level has at most one open bracket, and one less
 * count than 1 for each level and kind says which: the language is in C-RASP.
 */
function theoryOf({ kinds, maximumDepth }: DyckHyperparameters): DeclaredColumn {
  if (maximumDepth === undefined) return kinds === 1 ? { ...countersOf(1), level: 'counter' } : stackOf;
  return {
    ...starFreeColumn,
    level: 'regular',
    passesCRaspTest: true,
    cRasp: true,
    cRaspWithPositions: true,
    resetLayers: 2,
    circuitClass: ac0.name,
  };
}

/** Recognition of well-nested strings over k kinds of brackets, nested at most m deep where m is given. */
@task({
  ...meta,
  hyperparameters: DyckHyperparameters,
  theory: theoryOf,
  otherNames: [{ name: 'dyck-2-3', source: 'FLaRe (Butoi et al. 2025)', here: 'dyck with kinds=2 and maximumDepth=3' }],
})
export class Dyck extends RecognitionTask {
  readonly alphabets: Alphabets;
  private readonly kinds;
  private readonly maximumDepth;
  private readonly samplePath;
  private readonly separator;
  private readonly violation;

  constructor({ kinds, maximumDepth = Infinity } = new DyckHyperparameters()) {
    super();
    this.kinds = kinds;
    this.maximumDepth = maximumDepth;
    this.samplePath = maximumDepth === Infinity ? freePath : boundedPath(maximumDepth);
    const input = bracketSymbols(kinds);
    const trace = kinds === 1 ? [...decimalDigits, '!'] : [...input.filter((_, id) => isOpening(id)), ',', '!'];
    this.alphabets = { input, output: verdicts, trace };
    this.violation = trace.length - 1;
    this.separator = trace.length - 2;
  }

  /**
   * The stack after each symbol, outermost first, followed by a comma; with one kind, the depth in decimal, padded to
   * the digits of the input length. The trace ends with `!` at the first symbol that no continuation can mend.
   */
  trace(input: readonly number[]): number[] {
    const width = decimalWidth(input.length);
    const steps: number[] = [];
    this.openAfter(input, (open) => {
      if (!open) steps.push(this.violation);
      else if (this.kinds === 1) steps.push(...toDecimal(open.length, width));
      else steps.push(...open, this.separator);
    });
    return steps;
  }
  traceLength(inputLength: number): number {
    if (this.kinds === 1) return inputLength * decimalWidth(inputLength);
    return (inputLength * (inputLength + 1)) / 2 + inputLength;
  }

  answerAutomaton(): AnswerAutomaton | null {
    return stackAutomaton(this.kinds, this.maximumDepth);
  }

  protected contains(word: readonly number[]): boolean {
    return this.openAfter(word)?.length === 0;
  }
  protected isBalanced(length: number): boolean {
    return length % 2 === 0;
  }
  protected sampleMember(rng: Rng, length: number): number[] {
    return bracketsAlong(rng, this.samplePath(rng, length), this.kinds);
  }

  /** As `openKinds`, with the depth bound of this language. */
  private openAfter(word: readonly number[], visit?: (open: readonly number[] | undefined) => void) {
    return openKinds(word, visit, this.maximumDepth);
  }
}

/** The same with kinds and depth fixed, under a name of its own. */
function variant(own: Partial<TaskMeta> & { id: string }, hyperparameters: DyckHyperparameters): UnitClass<'task'> {
  @task({ ...meta, ...own, theory: theoryOf(hyperparameters), variantOf: 'dyck' })
  class DyckVariant extends Dyck {
    constructor() {
      super(hyperparameters);
    }
  }
  return DyckVariant;
}

export const Dyck1 = variant(
  {
    id: 'dyck-1',
    title: 'Dyck-1',
    summary: 'A string of round brackets; whether it is well nested.',
    level: 'counter',
  },
  { kinds: 1 },
);
export const Dyck2 = variant({ id: 'dyck-2', title: 'Dyck-2' }, { kinds: 2 });
export const Dyck3 = variant({ id: 'dyck-3', title: 'Dyck-3' }, { kinds: 3 });
export const Dyck8 = variant({ id: 'dyck-8', title: 'Dyck-8' }, { kinds: 8 });
export const Dyck8Depth10 = variant(
  {
    id: 'dyck-8-depth-10',
    title: 'Dyck-8 to depth 10',
    summary: 'A string of eight kinds of brackets; whether it is well nested, at most 10 deep.',
    level: 'regular',
    circuitClass: ac0,
  },
  { kinds: 8, maximumDepth: 10 },
);
