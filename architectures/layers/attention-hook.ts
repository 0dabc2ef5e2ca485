import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import type { SequenceModel } from '../../registry';

/*
 * A way into the attention of every row: rows hand their softmax weights to `attentionWeights`, which gives back what the
 * hooks make of them. A hook is on while a function of a hooked model runs, which for a program is while it is traced.
 * Without a hook the weights are handed back as they are, and programs are what they were.
 */

/** What a row says of one attention. */
export interface AttentionSite {
  /** Tells apart what does not follow each other in depth, such as attention to tokens and to a memory. Default: ''. */
  readonly name?: string;
  /** 1 where a key is the query's own token, else 0: [queries, keys]. Absent: nowhere. */
  readonly own?: () => Tensor;
}

/** What a hook is told of one attention. */
export interface HookedAttention {
  /** Attentions of one name have the same queries and keys, and follow each other in depth. */
  readonly name: string;
  /** From 0, among `layers` of the same name. */
  readonly layer: number;
  readonly layers: number;
  readonly own?: () => Tensor;
}

/** Weights [batch, heads, queries, keys], after softmax -> those that values are summed with */
export type AttentionHook = (weights: Tensor, attention: HookedAttention) => Tensor;

type Visit = (weights: Tensor, name: string, own: AttentionSite['own']) => Tensor;
interface Hooks {
  visits: readonly Visit[];
  scope: readonly string[];
}

/** Registered, since a plugin may carry its own copy of this package. */
const mark = Symbol.for('chomsky-zoo/attention-hooks');
const shared = globalThis as { [mark]?: Hooks };
const none: Hooks = { visits: [], scope: [] };

/** Runs `compute` with these hooks and no others. */
function under<T>(hooks: Hooks, compute: () => T): T {
  const before = shared[mark];
  shared[mark] = hooks;
  try {
    return compute();
  } finally {
    shared[mark] = before;
  }
}

/** The softmax weights [batch, heads, queries, keys] of an attention as hooks want them; without a hook, as they are. */
export function attentionWeights(weights: Tensor, { name = '', own }: AttentionSite = {}): Tensor {
  const { visits, scope } = shared[mark] ?? none;
  const whole = [...scope, name].join('/');
  return visits.reduceRight((seen, visit) => visit(seen, whole, own), weights);
}

/** Tells apart what `compute` attends to and the same for another segment or token: neither is deeper than the other. */
export function attentionScope<T>(name: string | number, compute: () => T): T {
  const { visits, scope } = shared[mark] ?? none;
  return visits.length === 0 ? compute() : under({ visits, scope: [...scope, String(name)] }, compute);
}

/** Shapes of the weights that `compute` hands to hooks, by name, in the order of depth. */
export function attentionShapes(compute: () => unknown): ReadonlyMap<string, readonly (readonly number[])[]> {
  const shapes = new Map<string, (readonly number[])[]>();
  const visit: Visit = (weights, name) => {
    shapes.set(name, [...(shapes.get(name) ?? []), weights.shape]);
    return weights;
  };
  under({ visits: [visit], scope: [] }, () => tf.tidy(() => void compute()));
  return shapes;
}

/** What `compute` gives where a hook changes its attention; it runs twice, since a hook is told how many layers there are. */
function withAttentionHook<T>(hook: AttentionHook, compute: () => T): T {
  const shapes = attentionShapes(compute);
  const seen = new Map<string, number>();
  const visit: Visit = (weights, name, own) => {
    const layer = seen.get(name) ?? 0;
    seen.set(name, layer + 1);
    return hook(weights, { name, layer, layers: shapes.get(name)!.length, own });
  };
  const { visits } = shared[mark] ?? none;
  return under({ visits: [...visits, visit], scope: [] }, compute);
}

/**
 * A model whose attention is changed: `hook` makes a hook for every run of one of its functions. It has no shortcuts, which
 * belong to the `forward` that they shorten.
 */
export function hookedModel(model: SequenceModel, hook: () => AttentionHook): SequenceModel {
  const { parameters, noise, externalMemory } = model;
  const hooked = <T>(compute: () => T): T => withAttentionHook(hook(), compute);
  return {
    parameters,
    noise,
    forward: (values, tokens, drawn) => hooked(() => model.forward(values, tokens, drawn)),
    ...(model.attention && { attention: (values, tokens) => hooked(() => model.attention!(values, tokens)) }),
    ...(model.initialState && { initialState: (batch, maximumTime) => model.initialState!(batch, maximumTime) }),
    ...(model.step && {
      step: (values, state, token, position) => hooked(() => model.step!(values, state, token, position)),
    }),
    ...(model.extend && {
      extend: (values, state, tokens, position) => hooked(() => model.extend!(values, state, tokens, position)),
    }),
    ...(externalMemory && {
      externalMemory: {
        size: externalMemory.size,
        withCells: (cells) => hookedModel(externalMemory.withCells(cells), hook),
      },
    }),
  };
}
