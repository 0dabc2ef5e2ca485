import { sizeOf, type ElementType } from '../../ir/graph';
import { range } from '../../ir/shapes';
import { expressionOf, literal } from '../plan/expressions';
import { isTriangular } from './diagonal';
import { memoryType, type KernelText } from './kernel-text';
import { LoopAddresses, type Address } from './loop-addresses';
import { levelOf, type Access, type Loop, type LoopNode, type LoopValue } from '../plan/loops';
import type { View } from '../plan/views';
import { letterOf, neutralOf, reductions, splat, vectorOf } from './reductions';

/** Writes a loop nest in C. */
export class LoopEmitter {
  private readonly addresses: LoopAddresses;
  private readonly indexOf = new Map<LoopValue, number>();
  private readonly isTriangular: boolean;

  constructor(
    private readonly loop: Loop,
    private readonly text: KernelText,
    private readonly isAdded: (view: View) => boolean,
  ) {
    loop.nodes.forEach(({ value }, index) => this.indexOf.set(value, index));
    this.addresses = new LoopAddresses(loop, text);
    this.isTriangular = isTriangular(loop, this.addresses, text.lanes);
  }

  emit(): void {
    const { loop, text } = this;
    const { extents, inner, rowSize } = this.addresses;
    this.initialise();
    const outer = extents.length - inner;
    for (let i = 0; i < outer; i++) this.counting(i);
    for (const address of this.addresses.all)
      this.declare(`a${address.name}`, address, 0, outer, text.pointer(address.view));
    if (this.isTriangular) this.line(`const long used = ${this.upToDiagonal(outer)};`);
    const phases = Math.max(...loop.nodes.map(({ value }) => value.phase));
    const kept = loop.nodes.filter(({ value }) => this.isKept(value));
    if (kept.length > 0) {
      const size = text.extent(rowSize);
      for (const { value } of kept)
        this.line(`${this.scalarOf(value.dtype)} t${this.indexOf.get(value)}[${size} + VL];`);
    }
    for (let phase = 0; phase <= phases; phase++) this.phase(phase);
    for (let i = 0; i < outer; i++) text.close();
  }

  private scalarOf = (dtype: ElementType): string => (dtype === 'float32' ? 'float' : 'int32_t');
  private line(line: string): void {
    this.text.line(line);
  }

  /** Opens the loop along an extent. */
  private counting(i: number): void {
    this.text.open(`for (long i${i} = 0; i${i} < ${this.text.size(this.addresses.extents[i]!)}; i${i}++)`);
  }

  /** Elements of a row up to its diagonal, in whole vectors. Rows are counted through all squares. */
  private upToDiagonal(outer: number): string {
    const { extents, rowSize } = this.addresses;
    const row = range(outer).reduce(
      (sum, i) => (i === 0 ? 'i0' : `(${sum} * ${this.text.size(extents[i]!)} + i${i})`),
      '',
    );
    return `(${row} % ${this.text.extent(rowSize)} / VL + 1) * VL`;
  }

  /** A pointer moved on by the counters of extents [from, to). */
  private declare(name: string, { view, strides }: Address, from: number, to: number, base: string): void {
    const moved = range(to - from).flatMap((k) =>
      strides[from + k] ? [` + i${from + k} * ${this.text.size(strides[from + k]!)}`] : [],
    );
    this.line(`${memoryType(view.dtype)} *const ${name} = ${base}${moved.join('')};`);
  }

  // Passes

  private isKept(value: LoopValue): boolean {
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

  /** What is added up in memory starts from nothing, unless it goes on from one slice to the next. */
  private initialise(): void {
    for (const { node, reduction, value } of this.loop.nodes) {
      if (typeof reduction !== 'object' || this.isAdded(reduction.into)) continue;
      const { view } = this.addresses.of(reduction);
      const pointer = this.text.pointer(view);
      this.line(
        `for (long i = 0; i < ${this.text.size(view.buffer.size)}; i++) ${pointer}[i] = ${neutralOf(node.operator, value.dtype)};`,
      );
    }
  }

  private phase(phase: number): void {
    const { loop, text } = this;
    const { extents, inner } = this.addresses;
    const outer = extents.length - inner;
    const nodes = loop.nodes.filter((node) => levelOf(node) === 'element' && node.value.phase === phase);
    const rows = nodes.filter(({ reduction }) => reduction === 'row');
    for (const { node, value } of rows)
      this.line(
        `${vectorOf(value.dtype)} s${this.indexOf.get(value)} = ${splat(neutralOf(node.operator, value.dtype), value.dtype)};`,
      );
    if (nodes.length > 0) {
      const last = extents.length - 1;
      for (let i = outer; i < last; i++) this.counting(i);
      this.innermost(nodes, outer, last);
      for (let i = outer; i < last; i++) text.close();
    }
    for (const { node, value } of rows) this.finishRow(node.operator, value);
    for (const node of loop.nodes) {
      if (node.value.level !== 'row' || node.value.phase !== phase) continue;
      if (node.reduction !== 'row') this.rowNode(node);
      if (node.value.stored) this.storeRow(node.value, node.value.stored);
    }
  }

  private finishRow(operator: string, value: LoopValue): void {
    const index = this.indexOf.get(value)!;
    const reduced = `${letterOf(value.dtype)}_${reductions[operator]!.across}(s${index})`;
    const mean = operator === 'ReduceMean' ? ` * ${literal(1 / this.loop.rowSize!)}` : '';
    this.line(`const ${vectorOf(value.dtype)} v${index} = ${splat(reduced + mean, value.dtype)};`);
  }

  private rowNode(node: LoopNode): void {
    const inputs = node.inputs.map((input) =>
      this.input(input, (key) => splat(`*a${this.addresses.of(key).name}`, (input as { view: View }).view.dtype)),
    );
    this.define(node, inputs);
    if (typeof node.reduction === 'object') {
      const { name } = this.addresses.of(node.reduction);
      const { operator } = node.node;
      const letter = letterOf(node.value.dtype);
      const [given] = inputs;
      this.line(
        `*a${name} = (${reductions[operator]!.combine(letter, splat(`*a${name}`, node.value.dtype), this.scaled(node, given!))})[0];`,
      );
    }
  }
  private storeRow(value: LoopValue, { add }: NonNullable<LoopValue['stored']>): void {
    const { name } = this.addresses.of(value.stored!);
    const lane = `v${this.indexOf.get(value)}[0]`;
    this.line(`*a${name} ${add ? '+=' : '='} ${value.dtype === 'bool' ? `${lane} != 0` : lane};`);
  }

  /** The mean of what is added up in memory: every addend is divided. */
  private scaled({ node, reduction, shape }: LoopNode, expression: string): string {
    if (node.operator !== 'ReduceMean' || typeof reduction !== 'object') return expression;
    const { into } = reduction;
    return `${expression} * ${literal(into.buffer.size / sizeOf(shape))}`;
  }

  private input(access: Access, load: (key: object) => string): string {
    if (access.kind === 'number')
      return splat(literal(access.number, access.dtype), access.dtype === 'bool' ? 'int32' : access.dtype);
    return access.kind === 'load' ? load(access) : `v${this.indexOf.get(access.value)}`;
  }

  private define({ node, value }: LoopNode, inputs: readonly string[]): void {
    if (node.operator.startsWith('Reduce')) return;
    const formula = expressionOf(node, value.inputTypes, value.dtype);
    this.line(`const ${vectorOf(value.dtype)} v${this.indexOf.get(value)} = ${formula!(...inputs)};`);
  }

  /** The extent in vectors: whole ones, and what is left. */
  private innermost(nodes: readonly LoopNode[], outer: number, last: number): void {
    const { addresses, text } = this;
    const extent = addresses.extents[last]!;
    const sums = nodes.filter(
      ({ reduction }) => typeof reduction === 'object' && addresses.of(reduction).strides[last] === 0,
    );
    // Pointers along the extents of a row before the last, and numbers that are the same all along it.
    const used = new Set(
      nodes.flatMap((node) =>
        [
          ...node.inputs.filter(({ kind }) => kind === 'load'),
          ...(typeof node.reduction === 'object' ? [node.reduction] : []),
          ...(node.value.stored && node.value.level === 'element' ? [node.value.stored] : []),
        ].map((key) => addresses.keyOf(key)),
      ),
    );
    const constants = new Map<object, string>();
    for (const key of used) {
      const address = addresses.of(key);
      const { name } = address;
      if (last > outer) this.declare(`b${name}`, address, outer, last, `a${name}`);
      const isLoad = 'kind' in key;
      if (isLoad && address.strides[last] === 0) {
        this.line(
          `const ${vectorOf(address.view.dtype)} c${name} = ${splat(`*${last > outer ? 'b' : 'a'}${name}`, address.view.dtype)};`,
        );
        constants.set(key, `c${name}`);
      }
    }
    for (const { node, value } of sums)
      this.line(
        `${vectorOf(value.dtype)} s${this.indexOf.get(value)} = ${splat(neutralOf(node.operator, value.dtype), value.dtype)};`,
      );
    const prefix = last > outer ? 'b' : 'a';
    text.vectors(extent, (part) => this.body(nodes, outer, last, prefix, constants, part), this.isTriangular);
    if (this.isTriangular) this.clearAbove(nodes, extent, prefix);
    for (const { node, reduction, value } of sums) {
      const { name } = this.addresses.of(reduction as object);
      const letter = letterOf(value.dtype);
      const { across, combine } = reductions[node.operator]!;
      const total = `${letter}_${across}(s${this.indexOf.get(value)})`;
      this.line(
        `*${prefix}${name} = (${combine(letter, splat(`*${prefix}${name}`, value.dtype), splat(total, value.dtype))})[0];`,
      );
    }
  }

  /** Writes zeros where a row ended at the diagonal. */
  private clearAbove(nodes: readonly LoopNode[], extent: number, prefix: string): void {
    const size = this.text.extent(extent);
    for (const { value } of nodes) {
      if (value.level !== 'element' || !value.stored || value.stored.add) continue;
      const at = `${prefix}${this.addresses.of(value.stored).name}`;
      this.line(`if (used < ${size}) __builtin_memset(${at} + used, 0, (${size} - used) * sizeof *${at});`);
    }
  }

  private body(
    nodes: readonly LoopNode[],
    outer: number,
    last: number,
    prefix: string,
    constants: ReadonlyMap<object, string>,
    part: number | undefined,
  ): void {
    const loaded = new Map<object, string>();
    const offset = range(last - outer).reduce(
      (sum, k) => `(${sum} + i${outer + k}) * ${this.text.size(this.addresses.extents[outer + k + 1]!)}`,
      '0',
    );
    const inRow = last > outer ? `${offset} + i` : 'i';
    const load = (key: object): string => {
      const own = this.addresses.keyOf(key);
      const known = constants.get(own) ?? loaded.get(own);
      if (known) return known;
      const {
        name,
        view: { dtype },
        strides,
      } = this.addresses.of(own);
      const letter = letterOf(dtype);
      const stride = strides[last] === 1 ? '1' : this.text.size(strides[last]!);
      const expression =
        stride !== '1'
          ? `${letter}_load_strided(${prefix}${name} + i * ${stride}, ${stride}, ${part ?? 'VL'})`
          : part === undefined
            ? `${letter}_load(${prefix}${name} + i)`
            : `${letter}_load_part(${prefix}${name} + i, ${part})`;
      this.line(`const ${vectorOf(dtype)} l${name} = ${expression};`);
      loaded.set(own, `l${name}`);
      return `l${name}`;
    };
    const kept = new Set<LoopValue>();
    for (const node of nodes) {
      const { value } = node;
      for (const input of node.inputs) {
        if (
          input.kind !== 'value' ||
          input.value.level !== 'element' ||
          input.value.phase === value.phase ||
          kept.has(input.value)
        )
          continue;
        kept.add(input.value);
        const index = this.indexOf.get(input.value);
        this.line(
          `const ${vectorOf(input.value.dtype)} v${index} = ${input.value.dtype === 'float32' ? 'f' : 'i'}_load(t${index} + ${inRow});`,
        );
      }
      const inputs = node.inputs.map((input) => this.input(input, load));
      this.define(node, inputs);
      if (node.reduction) this.reduce(node, inputs[0]!, last, prefix, part);
      if (value.level !== 'element') continue;
      const index = this.indexOf.get(value)!;
      if (this.isKept(value))
        this.line(`${value.dtype === 'float32' ? 'f' : 'i'}_store(t${index} + ${inRow}, v${index});`);
      if (value.stored) this.store(value, last, prefix, part);
    }
  }

  private reduce(node: LoopNode, given: string, last: number, prefix: string, part: number | undefined): void {
    const { value, reduction } = node;
    const { operator } = node.node;
    const letter = letterOf(value.dtype);
    const index = this.indexOf.get(value)!;
    const { combine } = reductions[operator]!;
    const addend = this.scaled(node, given);
    const stride = reduction === 'row' ? 0 : this.addresses.of(reduction as object).strides[last]!;
    if (stride === 0) {
      const kept =
        part === undefined
          ? addend
          : `${letter}_select(lanes < ${part}, ${addend}, ${splat(neutralOf(operator, value.dtype), value.dtype)})`;
      return this.line(`s${index} = ${combine(letter, `s${index}`, kept)};`);
    }
    const { name } = this.addresses.of(reduction as object);
    const at = `${prefix}${name} + i`;
    if (stride !== 1) {
      const one = `${prefix}${name}[(i + k) * ${this.text.size(stride)}]`;
      const sum = combine(letter, splat(one, value.dtype), splat(`(${addend})[k]`, value.dtype));
      return this.line(`for (int k = 0; k < ${part ?? 'VL'}; k++) ${one} = (${sum})[0];`);
    }
    this.line(
      part === undefined
        ? `${letter}_store(${at}, ${combine(letter, `${letter}_load(${at})`, addend)});`
        : `${letter}_store_part(${at}, ${combine(letter, `${letter}_load_part(${at}, ${part})`, addend)}, ${part});`,
    );
  }

  private store(value: LoopValue, last: number, prefix: string, part: number | undefined): void {
    const stored = value.stored!;
    const { name, strides } = this.addresses.of(stored);
    const stride = strides[last]!;
    const letter = letterOf(value.dtype);
    const vector = `v${this.indexOf.get(value)}`;
    const at = `${prefix}${name} + i`;
    if (stride !== 1) {
      const lane = value.dtype === 'bool' ? `${vector}[k] != 0` : `${vector}[k]`;
      return this.line(
        `for (int k = 0; k < ${part ?? 'VL'}; k++) ${prefix}${name}[(i + k) * ${this.text.size(stride)}] ${stored.add ? '+=' : '='} ${lane};`,
      );
    }
    const before = part === undefined ? `${letter}_load(${at})` : `${letter}_load_part(${at}, ${part})`;
    const sum = stored.add ? `${before} + ${vector}` : vector;
    this.line(part === undefined ? `${letter}_store(${at}, ${sum});` : `${letter}_store_part(${at}, ${sum}, ${part});`);
  }
}
