import { range } from '../../ir/shapes';
import type { LoopNode, LoopValue } from '../plan/loops';
import type { LoopParts } from './loop-parts';
import { letterOf, neutralOf, reductions, splat, vectorOf } from './reductions';

/** Writes the innermost loop of a nest: one pass through the last extent, in vectors. */
export class InnermostLoop {
  constructor(private readonly parts: LoopParts) {}

  /** The extent in vectors: whole ones, and what is left. */
  emit(nodes: readonly LoopNode[], outer: number, last: number): void {
    const { addresses, text } = this.parts;
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
      if (last > outer) this.parts.declare(`b${name}`, address, outer, last, `a${name}`);
      const isLoad = 'kind' in key;
      if (isLoad && address.strides[last] === 0) {
        this.parts.line(
          `const ${vectorOf(address.view.dtype)} c${name} = ${splat(`*${last > outer ? 'b' : 'a'}${name}`, address.view.dtype)};`,
        );
        constants.set(key, `c${name}`);
      }
    }
    for (const { node, value } of sums)
      this.parts.line(
        `${vectorOf(value.dtype)} s${this.parts.number(value)} = ${splat(neutralOf(node.operator, value.dtype), value.dtype)};`,
      );
    const prefix = last > outer ? 'b' : 'a';
    text.vectors(extent, (part) => this.body(nodes, outer, last, prefix, constants, part), this.parts.isTriangular);
    if (this.parts.isTriangular) this.clearAbove(nodes, extent, prefix);
    for (const { node, reduction, value } of sums) {
      const { name } = this.parts.addresses.of(reduction as object);
      const letter = letterOf(value.dtype);
      const { across, combine } = reductions[node.operator]!;
      const total = `${letter}_${across}(s${this.parts.number(value)})`;
      this.parts.line(
        `*${prefix}${name} = (${combine(letter, splat(`*${prefix}${name}`, value.dtype), splat(total, value.dtype))})[0];`,
      );
    }
  }

  /** Writes zeros where a row ended at the diagonal. */
  private clearAbove(nodes: readonly LoopNode[], extent: number, prefix: string): void {
    const size = this.parts.text.extent(extent);
    for (const { value } of nodes) {
      if (value.level !== 'element' || !value.stored || value.stored.add) continue;
      const at = `${prefix}${this.parts.addresses.of(value.stored).name}`;
      this.parts.line(`if (used < ${size}) __builtin_memset(${at} + used, 0, (${size} - used) * sizeof *${at});`);
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
      (sum, k) => `(${sum} + i${outer + k}) * ${this.parts.text.size(this.parts.addresses.extents[outer + k + 1]!)}`,
      '0',
    );
    const inRow = last > outer ? `${offset} + i` : 'i';
    const load = (key: object): string => {
      const own = this.parts.addresses.keyOf(key);
      const known = constants.get(own) ?? loaded.get(own);
      if (known) return known;
      const {
        name,
        view: { dtype },
        strides,
      } = this.parts.addresses.of(own);
      const letter = letterOf(dtype);
      const stride = strides[last] === 1 ? '1' : this.parts.text.size(strides[last]!);
      const expression =
        stride !== '1'
          ? `${letter}_load_strided(${prefix}${name} + i * ${stride}, ${stride}, ${part ?? 'VL'})`
          : part === undefined
            ? `${letter}_load(${prefix}${name} + i)`
            : `${letter}_load_part(${prefix}${name} + i, ${part})`;
      this.parts.line(`const ${vectorOf(dtype)} l${name} = ${expression};`);
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
        const index = this.parts.number(input.value);
        this.parts.line(
          `const ${vectorOf(input.value.dtype)} v${index} = ${input.value.dtype === 'float32' ? 'f' : 'i'}_load(t${index} + ${inRow});`,
        );
      }
      const inputs = node.inputs.map((input) => this.parts.input(input, load));
      this.parts.define(node, inputs);
      if (node.reduction) this.reduce(node, inputs[0]!, last, prefix, part);
      if (value.level !== 'element') continue;
      const index = this.parts.number(value);
      if (this.parts.isKept(value))
        this.parts.line(`${value.dtype === 'float32' ? 'f' : 'i'}_store(t${index} + ${inRow}, v${index});`);
      if (value.stored) this.store(value, last, prefix, part);
    }
  }

  private reduce(node: LoopNode, given: string, last: number, prefix: string, part: number | undefined): void {
    const { value, reduction } = node;
    const { operator } = node.node;
    const letter = letterOf(value.dtype);
    const index = this.parts.number(value);
    const { combine } = reductions[operator]!;
    const addend = this.parts.scaled(node, given);
    const stride = reduction === 'row' ? 0 : this.parts.addresses.of(reduction as object).strides[last]!;
    if (stride === 0) {
      const kept =
        part === undefined
          ? addend
          : `${letter}_select(lanes < ${part}, ${addend}, ${splat(neutralOf(operator, value.dtype), value.dtype)})`;
      return this.parts.line(`s${index} = ${combine(letter, `s${index}`, kept)};`);
    }
    const { name } = this.parts.addresses.of(reduction as object);
    const at = `${prefix}${name} + i`;
    if (stride !== 1) {
      const one = `${prefix}${name}[(i + k) * ${this.parts.text.size(stride)}]`;
      const sum = combine(letter, splat(one, value.dtype), splat(`(${addend})[k]`, value.dtype));
      return this.parts.line(`for (int k = 0; k < ${part ?? 'VL'}; k++) ${one} = (${sum})[0];`);
    }
    this.parts.line(
      part === undefined
        ? `${letter}_store(${at}, ${combine(letter, `${letter}_load(${at})`, addend)});`
        : `${letter}_store_part(${at}, ${combine(letter, `${letter}_load_part(${at}, ${part})`, addend)}, ${part});`,
    );
  }

  private store(value: LoopValue, last: number, prefix: string, part: number | undefined): void {
    const stored = value.stored!;
    const { name, strides } = this.parts.addresses.of(stored);
    const stride = strides[last]!;
    const letter = letterOf(value.dtype);
    const vector = `v${this.parts.number(value)}`;
    const at = `${prefix}${name} + i`;
    if (stride !== 1) {
      const lane = value.dtype === 'bool' ? `${vector}[k] != 0` : `${vector}[k]`;
      return this.parts.line(
        `for (int k = 0; k < ${part ?? 'VL'}; k++) ${prefix}${name}[(i + k) * ${this.parts.text.size(stride)}] ${stored.add ? '+=' : '='} ${lane};`,
      );
    }
    const before = part === undefined ? `${letter}_load(${at})` : `${letter}_load_part(${at}, ${part})`;
    const sum = stored.add ? `${before} + ${vector}` : vector;
    this.parts.line(
      part === undefined ? `${letter}_store(${at}, ${sum});` : `${letter}_store_part(${at}, ${sum}, ${part});`,
    );
  }
}
