import { sizeOf } from '../../ir/graph';
import type { KernelText } from './kernel-text';
import { levelOf, type Loop, type LoopValue } from '../plan/loops';
import { stridesOver, type View } from '../plan/views';

/** What a loop nest reads or writes in memory: where it starts, and its stride along each extent. */
export interface Address {
  /** Different for each address of a loop. */
  readonly name: string;
  readonly view: View;
  readonly strides: readonly number[];
}

/** Every load, store and sum in memory of a loop, and the extents that all of them walk through. Equal loads are one. */
export class LoopAddresses {
  /** Extents that every address walks through in one stride are one. */
  readonly extents: readonly number[];
  /** How many of the last extents make a row, or 1 where there are no rows: what is passed through in vectors. */
  readonly inner: number;
  /** By the load, store or sum that needs them: accesses and stores of the loop's nodes. */
  private readonly addresses = new Map<object, Address>();
  private readonly aliases = new Map<object, object>();

  constructor(
    private readonly loop: Loop,
    private readonly text: KernelText,
  ) {
    this.find();
    ({ extents: this.extents, inner: this.inner } = this.collapse());
  }

  /** Each once. */
  get all(): Iterable<Address> {
    return this.addresses.values();
  }

  /** Elements of a row. */
  get rowSize(): number {
    return sizeOf(this.extents.slice(this.extents.length - this.inner));
  }

  /** The key of an address, which equal loads share. */
  keyOf(key: object): object {
    return this.aliases.get(key) ?? key;
  }
  of(key: object): Address {
    return this.addresses.get(this.keyOf(key))!;
  }

  private find(): void {
    const { loop } = this;
    const known = new Map<string, object>();
    const add = (key: object, view: View, level: LoopValue['level'], isLoad: boolean) => {
      const whole =
        level === 'element' ? view : { shape: [...view.shape, loop.rowSize!], strides: [...view.strides, 0] };
      const strides = stridesOver(loop.extents, whole);
      const identity = isLoad ? `${this.text.identityOf(view)} ${strides.join()}` : '';
      const same = known.get(identity);
      if (isLoad && same) return void this.aliases.set(key, same);
      if (isLoad) known.set(identity, key);
      this.addresses.set(key, { name: `${this.addresses.size}`, view, strides });
    };
    for (const node of loop.nodes) {
      const level = levelOf(node);
      for (const input of node.inputs) if (input.kind === 'load') add(input, input.view, level, true);
      if (typeof node.reduction === 'object') add(node.reduction, node.reduction.into, level, false);
      if (node.value.stored) add(node.value.stored, node.value.stored.view, node.value.level, false);
    }
  }

  private collapse(): { extents: number[]; inner: number } {
    const { loop } = this;
    const all = [...this.addresses.entries()].map(([key, address]) => ({ key, address, strides: [] as number[] }));
    const boundary = loop.extents.length - loop.rowExtents;
    const extents: number[] = [];
    let inner = 0;
    for (let at = 0; at < loop.extents.length; at++) {
      const extent = loop.extents[at]!;
      const canJoin =
        extents.length > 0 &&
        at !== boundary &&
        all.every(({ address, strides }) => strides.at(-1) === address.strides[at]! * extent);
      if (canJoin) {
        extents[extents.length - 1]! *= extent;
        for (const { address, strides } of all) strides[strides.length - 1] = address.strides[at]!;
      } else {
        extents.push(extent);
        for (const { address, strides } of all) strides.push(address.strides[at]!);
        if (loop.rowSize !== undefined && at >= boundary) inner++;
      }
    }
    if (extents.length === 0) {
      extents.push(1);
      for (const { strides } of all) strides.push(0);
    }
    for (const { key, address, strides } of all) this.addresses.set(key, { ...address, strides });
    return { extents, inner: Math.max(1, inner) };
  }
}
