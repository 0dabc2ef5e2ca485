import { type Rng, type Task, zooError, task } from '../registry';
import { stackOf } from './parts/column-theory';
import { terminated } from './parts/binary';
import { deletang2023, dyckThreshold } from './parts/references';
import { uniformSymbols } from './parts/symbols';

/** Input ids 0 and 1 are the symbols on the stack. */
const pop = 2;
const push0 = 3;
/** Trace id that ends one stack. */
const separator = 2;

/** The stack after a list of actions (task stack_manipulation of Deletang et al. 2023). */
@task({
  id: 'stack-manipulation',
  version: 1,
  title: 'Stack manipulation',
  summary: 'A stack from bottom to top and actions on it; the stack after them from top to bottom.',
  level: 'deterministic-context-free',
  circuitClass: dyckThreshold,
  reference: deletang2023('Stack Manipulation'),
  answerLengthRule: 'the input length plus 1',
  labels: { final: true, aligned: false },
  theory: stackOf,
})
export class StackManipulation implements Task {
  readonly alphabets = {
    input: ['0', '1', 'pop', 'push-0', 'push-1'],
    output: ['0', '1', 'end'],
    trace: ['0', '1', ','],
  };

  /** The first stack has 1..length-1 symbols, uniformly; symbols and actions are uniform. Length 1 is one symbol. */
  sample(rng: Rng, length: number): number[] {
    const height = length === 1 ? 1 : 1 + rng.integer(length - 1);
    const actions = uniformSymbols(rng, length - height, 3);
    return [...uniformSymbols(rng, height, 2), ...actions.map((action) => pop + action)];
  }
  solve(input: readonly number[]): number[] {
    return terminated(this.run(input).toReversed(), this.answerLength(input.length));
  }
  /** The stack and its terminator; the zeros after it are not scored. */
  scored(input: readonly number[]): number {
    return this.run(input).length + 1;
  }
  answerLength(inputLength: number): number {
    return inputLength + 1;
  }
  /** The first stack and the stack after each action, bottom to top, each followed by a comma. */
  trace(input: readonly number[]): number[] {
    const stacks: number[] = [];
    this.run(input, (stack) => stacks.push(...stack, separator));
    return stacks;
  }
  /** One symbol and only pushes: 1 + 2 + ... + n symbols and n commas; one comma more where no symbol comes first. */
  traceLength(inputLength: number): number {
    return (inputLength * (inputLength + 1)) / 2 + inputLength + 1;
  }

  private run(input: readonly number[], visit?: (stack: readonly number[]) => void): number[] {
    const firstAction = input.findIndex((symbol) => symbol >= pop);
    const height = firstAction === -1 ? input.length : firstAction;
    const stack = input.slice(0, height);
    visit?.(stack);
    for (let place = height; place < input.length; place++) {
      const action = input[place]!;
      if (action < pop) throw this.malformed(place);
      if (action === pop) stack.pop();
      else stack.push(action - push0);
      visit?.(stack);
    }
    return stack;
  }
  private malformed(place: number) {
    const problem = `a stack symbol follows an action at position ${place}`;
    return zooError('malformed-input', {
      task: 'stack-manipulation',
      problem,
      form: 'stack symbols, then actions',
    });
  }
}
