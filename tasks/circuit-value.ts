import { type Rng, type Task, zooError, task } from '../registry';
import { remembersHalf } from './parts/column-theory';
import { li2024 } from './parts/references';
import { decimalDigits, decimalWidth, toDecimal } from './parts/symbols';

/** Input ids after the ten digits; `blank` fills what a gate does not refer to. */
const [constantFalse, constantTrue, not, and, blank] = [10, 11, 12, 13, 15] as const;

/** Digits of a reference to one of the gates 0..gates-1. */
const widthOf = (gates: number) => decimalWidth(gates - 1);
/** Symbols of a circuit: a kind and two references for each gate. */
const symbolsOf = (gates: number) => gates * (1 + 2 * widthOf(gates));

/** The largest circuit that fits, at least one gate. */
function gatesOf(length: number): number {
  let gates = Math.max(1, Math.floor(length / (1 + 2 * decimalWidth(length))));
  while (symbolsOf(gates + 1) <= length) gates++;
  return gates;
}

/** The value of the last gate of a Boolean circuit whose gates refer to earlier ones. */
@task({
  id: 'circuit-value',
  version: 1,
  title: 'Circuit value',
  summary: 'The gates of a Boolean circuit, each after those it refers to; the value of the last one.',
  level: 'polynomial-time',
  circuitClass: {
    name: 'P-complete',
    reference: {
      authors: 'Ladner 1975',
      title: 'The circuit value problem is log space complete for P',
      identifier: 'doi:10.1145/990518.990519',
    },
  },
  reference: { ...li2024, place: 'Circuit Value Problem' },
  answerLengthRule: 'always 1',
  labels: { final: true, aligned: false },
  theory: remembersHalf,
  otherNames: [
    { name: 'CVP', source: 'Li et al. 2024' },
    { name: 'circuit value problem', source: 'Li et al. 2024' },
  ],
})
export class CircuitValue implements Task {
  readonly alphabets = {
    input: [...decimalDigits, 'false', 'true', 'not', 'and', 'or', '-'],
    output: ['false', 'true'],
    trace: ['false', 'true'],
  };

  /** The length of the largest circuit that fits. */
  inputLength(length: number): number {
    return symbolsOf(gatesOf(length));
  }
  /**
   * Gate 0 is a constant; each other one is uniform over constants, `not`, `and` and `or`, the last one over the latter
   * three. References are uniform over the earlier gates, those of the last gate over the newer half of them.
   */
  sample(rng: Rng, length: number): number[] {
    const gates = gatesOf(length);
    const width = widthOf(gates);
    const symbols: number[] = [];
    for (let gate = 0; gate < gates; gate++) {
      const kinds = gate === 0 ? [0, 2] : gate === gates - 1 ? [2, 3] : [0, 5];
      const kind = constantFalse + kinds[0]! + rng.integer(kinds[1]!);
      const oldest = gate === gates - 1 ? gate >> 1 : 0;
      symbols.push(kind);
      for (let reference = 0; reference < 2; reference++)
        if (reference < referencesOf(kind)) symbols.push(...toDecimal(oldest + rng.integer(gate - oldest), width));
        else for (let digit = 0; digit < width; digit++) symbols.push(blank);
    }
    return symbols;
  }
  solve(input: readonly number[]): number[] {
    return [this.trace(input).at(-1)!];
  }
  answerLength(): number {
    return 1;
  }
  /** The value of each gate, in order. */
  trace(input: readonly number[]): number[] {
    const gates = gatesOf(input.length);
    const width = widthOf(gates);
    if (symbolsOf(gates) !== input.length) throw this.malformed('its length is not that of a circuit');
    const values: number[] = [];
    for (let gate = 0, start = 0; gate < gates; gate++, start += 1 + 2 * width) {
      const kind = input[start]!;
      const [left, right] = [0, 1].map((index) => {
        const digits = input.slice(start + 1 + index * width, start + 1 + (index + 1) * width);
        const value = index < referencesOf(kind) ? values[earlierGate(digits)] : areBlank(digits) ? 0 : undefined;
        if (value === undefined) throw this.malformed(`gate ${gate} does not refer as it should`);
        return value;
      }) as [number, number];
      if (kind < constantFalse || kind === blank) throw this.malformed(`gate ${gate} has no kind`);
      values.push(valueOf(kind, left, right));
    }
    return values;
  }
  traceLength(inputLength: number): number {
    return gatesOf(inputLength);
  }

  private malformed(problem: string) {
    const form = 'gates of a kind and two references in decimal, with "-" for what a gate does not refer to';
    return zooError('malformed-input', { task: 'circuit-value', problem, form });
  }
}

const referencesOf = (kind: number) => (kind >= and ? 2 : kind === not ? 1 : 0);

/** The gate that digits name; Infinity where a symbol is no digit. */
const earlierGate = (digits: readonly number[]) =>
  digits.reduce((gate, digit) => (digit < constantFalse ? 10 * gate + digit : Infinity), 0);

const areBlank = (digits: readonly number[]) => digits.every((digit) => digit === blank);

function valueOf(kind: number, left: number, right: number): number {
  if (kind === constantFalse) return 0;
  if (kind === constantTrue) return 1;
  if (kind === not) return 1 - left;
  return kind === and ? left & right : left | right;
}
