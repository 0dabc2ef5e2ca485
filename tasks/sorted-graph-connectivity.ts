import { IsInt, Max, Min } from 'class-validator';
import { type Rng, type Task, zooError, task } from '../registry';
import { offsetTheory } from './parts/column-theory';
import { no, verdicts, yes } from './parts/recognition';
import { merrill2026, solvableGroup } from './parts/references';
import { decimalDigits, decimalWidth, toDecimal } from './parts/symbols';

export class SortedGraphHyperparameters {
  /** An edge leads at most this many nodes further. */
  @IsInt() @Min(2) @Max(1000) reach = 3;
}

/** Digits of a node 0..nodes-1. */
const widthOf = (nodes: number) => decimalWidth(nodes - 1);
/** Symbols of a graph: source and target, then an edge from every node but the last. */
const symbolsOf = (nodes: number) => 2 * widthOf(nodes) * nodes;

/** The largest graph that fits, at least three nodes: with two nodes every answer is yes. */
function nodesOf(length: number): number {
  let nodes = Math.max(3, Math.floor(length / (2 * decimalWidth(length))));
  while (symbolsOf(nodes + 1) <= length) nodes++;
  return nodes;
}

/** Whether the only path from one node of a sorted deterministic graph meets another node. */
@task({
  id: 'sorted-graph-connectivity',
  version: 1,
  title: 'Sorted graph connectivity',
  summary: 'Two nodes, and one edge from each node to a later one, sorted; whether the first node leads to the second.',
  level: 'context-sensitive',
  circuitClass: solvableGroup,
  reference: merrill2026,
  answerLengthRule: 'always 1',
  labels: { final: true, aligned: false },
  theory: ({ reach }: SortedGraphHyperparameters) => offsetTheory(reach),
  hyperparameters: SortedGraphHyperparameters,
})
export class SortedGraphConnectivity implements Task {
  readonly alphabets = { input: decimalDigits, output: verdicts, trace: decimalDigits };
  private readonly reach;

  constructor({ reach } = new SortedGraphHyperparameters()) {
    this.reach = reach;
  }

  /** The length of the largest graph that fits. */
  inputLength(length: number): number {
    return symbolsOf(nodesOf(length));
  }
  /**
   * Every edge leads a uniform 1..reach nodes further, or to the last node. Both answers are equally likely: the source
   * is uniform among the first half of the nodes, the target uniform on its path or off it, behind the source.
   */
  sample(rng: Rng, length: number): number[] {
    const nodes = nodesOf(length);
    const isConnected = rng.integer(2) === yes;
    for (;;) {
      const next = Array.from(
        { length: nodes - 1 },
        (_, node) => node + 1 + rng.integer(Math.min(this.reach, nodes - 1 - node)),
      );
      const source = rng.integer(nodes >> 1);
      const onPath = new Set<number>();
      for (let node = next[source]; node !== undefined; node = next[node]) onPath.add(node);
      const targets: number[] = [];
      for (let node = source + 1; node < nodes; node++) if (onPath.has(node) === isConnected) targets.push(node);
      if (targets.length > 0) return this.write(next, source, rng.choice(targets));
    }
  }
  solve(input: readonly number[]): number[] {
    const { source, target, next } = this.read(input);
    let node = source;
    while (node < target) node = next[node]!;
    return [node === target ? yes : no];
  }
  answerLength(): number {
    return 1;
  }
  /**
   * The target, then the node reached after each edge in their order: an edge moves on from its own start alone, and
   * nothing moves on from the target. The answer is yes when the last node is the target.
   */
  trace(input: readonly number[]): number[] {
    const { source, target, next, width } = this.read(input);
    let reached = source;
    const nodes = next.map((end, start) => (reached = start === reached && start !== target ? end : reached));
    return [target, ...nodes].flatMap((node) => toDecimal(node, width));
  }
  traceLength(inputLength: number): number {
    return inputLength / 2;
  }

  private write(next: readonly number[], source: number, target: number): number[] {
    const width = widthOf(next.length + 1);
    const symbols: number[] = [];
    for (const node of [source, target]) symbols.push(...toDecimal(node, width));
    next.forEach((end, start) => symbols.push(...toDecimal(start, width), ...toDecimal(end, width)));
    return symbols;
  }
  private read(input: readonly number[]) {
    const nodes = nodesOf(input.length);
    const width = widthOf(nodes);
    const numbers = new Array<number>(input.length / width).fill(0);
    input.forEach((digit, place) => {
      const index = Math.floor(place / width);
      numbers[index] = 10 * numbers[index]! + digit;
    });
    const next = numbers.filter((_, i) => i > 2 && i % 2 === 1);
    const [source = 0, target = 0] = numbers;
    const isSorted = next.every((end, start) => numbers[2 * start + 2] === start && end > start && end < nodes);
    if (symbolsOf(nodes) !== input.length || !isSorted || source >= nodes || target >= nodes) {
      const problem = 'it is not a source, a target and one edge forward from every node but the last, in order';
      throw zooError('malformed-input', {
        task: 'sorted-graph-connectivity',
        problem,
        form: 'decimal node numbers of equal width',
      });
    }
    return { source, target, next, width };
  }
}
