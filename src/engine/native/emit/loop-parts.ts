import { sizeOf } from '../../ir/graph';
import { range } from '../../ir/shapes';
import { expressionOf, literal } from '../plan/expressions';
import { isTriangular } from './diagonal';
import { memoryType, type KernelText } from './kernel-text';
import { LoopAddresses, type Address } from './loop-addresses';
import { levelOf, type Access, type Loop, type LoopNode, type LoopValue } from '../plan/loops';
import { splat, vectorOf } from './reductions';

/** What is written of a loop nest at every depth: counters, addresses, and the values of its nodes by their names in C. */
export class LoopParts {
  readonly addresses: LoopAddresses;
  /** Whether rows end at the diagonal: of how many elements, C then knows as `used`. */
  readonly isTriangular: boolean;
  private readonly indexOf = new Map<LoopValue, number>();

  constructor(
    readonly loop: Loop,
    readonly text: KernelText,
  ) {
    loop.nodes.forEach(({ value }, index) => this.indexOf.set(value, index));
    this.addresses = new LoopAddresses(loop, text);
    this.isTriangular = isTriangular(loop, this.addresses, text.lanes);
  }

  /** Behind the letter of a name: v of a value, s of a sum, t of what a row keeps. */
  number(value: LoopValue): number {
    return this.indexOf.get(value)!;
  }

  line(line: string): void {
    this.text.line(line);
  }

  /** Opens the loop along an extent. */
  counting(i: number): void {
    this.text.open(`for (long i${i} = 0; i${i} < ${this.text.size(this.addresses.extents[i]!)}; i${i}++)`);
  }

  /** A pointer moved on by the counters of extents [from, to). */
  declare(name: string, { view, strides }: Address, from: number, to: number, base: string): void {
    const moved = range(to - from).flatMap((k) =>
      strides[from + k] ? [` + i${from + k} * ${this.text.size(strides[from + k]!)}`] : [],
    );
    this.line(`${memoryType(view.dtype)} *const ${name} = ${base}${moved.join('')};`);
  }

  /** Whether a later pass through the row asks for it. */
  isKept(value: LoopValue): boolean {
    return (
      value.level === 'element' &&
      this.loop.nodes.some(
        (node) =>
          levelOf(node) === 'element' &&
          node.value.phase > value.phase &&
          node.inputs.some((input) => input.kind === 'value' && input.value === value),
      )
    );
  }

  /** The mean of what is added up in memory: every addend is divided. */
  scaled({ node, reduction, shape }: LoopNode, expression: string): string {
    if (node.operator !== 'ReduceMean' || typeof reduction !== 'object') return expression;
    const { into } = reduction;
    return `${expression} * ${literal(into.buffer.size / sizeOf(shape))}`;
  }

  /** What a node takes, in C. */
  input(access: Access, load: (key: object) => string): string {
    if (access.kind === 'number')
      return splat(literal(access.number, access.dtype), access.dtype === 'bool' ? 'int32' : access.dtype);
    return access.kind === 'load' ? load(access) : `v${this.number(access.value)}`;
  }

  /** Computes the value of a node that does not reduce. */
  define({ node, value }: LoopNode, inputs: readonly string[]): void {
    if (node.operator.startsWith('Reduce')) return;
    const formula = expressionOf(node, value.inputTypes, value.dtype);
    this.line(`const ${vectorOf(value.dtype)} v${this.number(value)} = ${formula!(...inputs)};`);
  }
}
