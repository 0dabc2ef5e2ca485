import { range } from '../../ir/shapes';
import { literal } from '../plan/expressions';
import { InnermostLoop } from './innermost-loop';
import type { KernelText } from './kernel-text';
import { LoopParts } from './loop-parts';
import { levelOf, type Loop, type LoopNode, type LoopValue } from '../plan/loops';
import type { View } from '../plan/views';
import { letterOf, neutralOf, reductions, splat, vectorOf } from './reductions';

/** Writes a loop nest in C. */
export class LoopEmitter {
  private readonly parts: LoopParts;

  constructor(
    loop: Loop,
    text: KernelText,
    private readonly isAdded: (view: View) => boolean,
  ) {
    this.parts = new LoopParts(loop, text);
  }

  emit(): void {
    const { loop, text } = this.parts;
    const { extents, inner, rowSize } = this.parts.addresses;
    this.initialise();
    const outer = extents.length - inner;
    for (let i = 0; i < outer; i++) this.parts.counting(i);
    for (const address of this.parts.addresses.all)
      this.parts.declare(`a${address.name}`, address, 0, outer, text.pointer(address.view));
    if (this.parts.isTriangular) this.parts.line(`const long used = ${this.upToDiagonal(outer)};`);
    const phases = Math.max(...loop.nodes.map(({ value }) => value.phase));
    const kept = loop.nodes.filter(({ value }) => this.parts.isKept(value));
    if (kept.length > 0) {
      const size = text.extent(rowSize);
      for (const { value } of kept)
        this.parts.line(
          `${value.dtype === 'float32' ? 'float' : 'int32_t'} t${this.parts.number(value)}[${size} + VL];`,
        );
    }
    for (let phase = 0; phase <= phases; phase++) this.phase(phase);
    for (let i = 0; i < outer; i++) text.close();
  }

  /** Elements of a row up to its diagonal, in whole vectors. Rows are counted through all squares. */
  private upToDiagonal(outer: number): string {
    const { extents, rowSize } = this.parts.addresses;
    const row = range(outer).reduce(
      (sum, i) => (i === 0 ? 'i0' : `(${sum} * ${this.parts.text.size(extents[i]!)} + i${i})`),
      '',
    );
    return `(${row} % ${this.parts.text.extent(rowSize)} / VL + 1) * VL`;
  }

  // Passes

  /** What is added up in memory starts from nothing, unless it goes on from one slice to the next. */
  private initialise(): void {
    for (const { node, reduction, value } of this.parts.loop.nodes) {
      if (typeof reduction !== 'object' || this.isAdded(reduction.into)) continue;
      const { view } = this.parts.addresses.of(reduction);
      const pointer = this.parts.text.pointer(view);
      this.parts.line(
        `for (long i = 0; i < ${this.parts.text.size(view.buffer.size)}; i++) ${pointer}[i] = ${neutralOf(node.operator, value.dtype)};`,
      );
    }
  }

  private phase(phase: number): void {
    const { loop, text } = this.parts;
    const { extents, inner } = this.parts.addresses;
    const outer = extents.length - inner;
    const nodes = loop.nodes.filter((node) => levelOf(node) === 'element' && node.value.phase === phase);
    const rows = nodes.filter(({ reduction }) => reduction === 'row');
    for (const { node, value } of rows)
      this.parts.line(
        `${vectorOf(value.dtype)} s${this.parts.number(value)} = ${splat(neutralOf(node.operator, value.dtype), value.dtype)};`,
      );
    if (nodes.length > 0) {
      const last = extents.length - 1;
      for (let i = outer; i < last; i++) this.parts.counting(i);
      new InnermostLoop(this.parts).emit(nodes, outer, last);
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
    const index = this.parts.number(value);
    const reduced = `${letterOf(value.dtype)}_${reductions[operator]!.across}(s${index})`;
    const mean = operator === 'ReduceMean' ? ` * ${literal(1 / this.parts.loop.rowSize!)}` : '';
    this.parts.line(`const ${vectorOf(value.dtype)} v${index} = ${splat(reduced + mean, value.dtype)};`);
  }

  private rowNode(node: LoopNode): void {
    const inputs = node.inputs.map((input) =>
      this.parts.input(input, (key) =>
        splat(`*a${this.parts.addresses.of(key).name}`, (input as { view: View }).view.dtype),
      ),
    );
    this.parts.define(node, inputs);
    if (typeof node.reduction === 'object') {
      const { name } = this.parts.addresses.of(node.reduction);
      const { operator } = node.node;
      const letter = letterOf(node.value.dtype);
      const [given] = inputs;
      this.parts.line(
        `*a${name} = (${reductions[operator]!.combine(letter, splat(`*a${name}`, node.value.dtype), this.parts.scaled(node, given!))})[0];`,
      );
    }
  }
  private storeRow(value: LoopValue, { add }: NonNullable<LoopValue['stored']>): void {
    const { name } = this.parts.addresses.of(value.stored!);
    const lane = `v${this.parts.number(value)}[0]`;
    this.parts.line(`*a${name} ${add ? '+=' : '='} ${value.dtype === 'bool' ? `${lane} != 0` : lane};`);
  }
}
