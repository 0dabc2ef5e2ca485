import { type Rng, type Task, zooError, task } from '../registry';
import { ac0, deletang2023 } from './parts/references';
import { bits, uniformSymbols } from './parts/symbols';

const hole = 2;
const pad = 3;

/** The hidden bit of a string that repeats (task missing_duplicate_string of Deletang et al. 2023). */
@task({
  id: 'missing-duplicate',
  version: 1,
  title: 'Missing duplicate',
  summary: 'A string of bits twice in a row with one bit hidden; the hidden bit.',
  level: 'context-sensitive',
  circuitClass: ac0,
  reference: deletang2023('Missing Duplicate'),
  answerLengthRule: 'always 1',
  labels: { final: true, aligned: false },
  theory: { evenCycle: false, oddCycle: false, memory: 'linear' },
  otherNames: [{ name: 'missing_duplicate_string', source: 'the code of Deletang et al. 2023' }],
})
export class MissingDuplicate implements Task {
  readonly alphabets = { input: ['0', '1', '_', 'pad'], output: bits, trace: ['0', '1', '_'] };

  /** w w with one symbol hidden; an odd length has a pad at the end. Length 1 is always `1`. */
  sample(rng: Rng, length: number): number[] {
    if (length === 1) return [1];
    const word = uniformSymbols(rng, Math.floor(length / 2), 2);
    const twice = [...word, ...word];
    twice[rng.integer(twice.length)] = hole;
    return length % 2 === 0 ? twice : [...twice, pad];
  }
  solve(input: readonly number[]): number[] {
    if (input.length === 1) return [1];
    const half = Math.floor(input.length / 2);
    const place = input.indexOf(hole);
    const answer = input[place < half ? place + half : place - half];
    if (place === -1 || answer === undefined || answer > 1) {
      const problem = 'it does not hide one bit of a string that repeats';
      throw zooError('malformed-input', {
        task: 'missing-duplicate',
        problem,
        form: 'w w with one "_" (id 2), and "pad" (id 3) where the length is odd',
      });
    }
    return [answer];
  }
  answerLength(): number {
    return 1;
  }
  /** Each symbol of the first half with its copy in the second. Length 1 has an empty trace. */
  trace(input: readonly number[]): number[] {
    const half = Math.floor(input.length / 2);
    return input.slice(0, half).flatMap((symbol, i) => [symbol, input[i + half]!]);
  }
  traceLength(inputLength: number): number {
    return 2 * Math.floor(inputLength / 2);
  }
}
