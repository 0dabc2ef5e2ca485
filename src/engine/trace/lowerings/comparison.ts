import type { Value } from '../../ir/graph';
import type { Lowering, LoweringTable } from '../backend';

type Binary = Record<'a' | 'b', Value>;

/** onnxruntime compares numbers only; false < true as 0 < 1. */
const compare =
  (operator: string): Lowering =>
  (g, { a, b }: Binary) =>
    a.dtype === 'bool' ? g.compare(operator, g.cast(a, 'int32'), g.cast(b, 'int32')) : g.compare(operator, a, b);

const logical =
  (operator: string): Lowering =>
  (g, { a, b }: Binary) =>
    g.compare(operator, g.cast(a, 'bool'), g.cast(b, 'bool'));

const not: Lowering = (g, { x }: { x: Value }) => g.elementwise('Not', [g.cast(x, 'bool')]);

export const comparisonLowerings: LoweringTable = {
  BitwiseAnd: (g, { a, b }: Binary) => g.elementwise('BitwiseAnd', [a, b]),
  Equal: compare('Equal'),
  Greater: compare('Greater'),
  GreaterEqual: compare('GreaterOrEqual'),
  Less: compare('Less'),
  LessEqual: compare('LessOrEqual'),
  LogicalAnd: logical('And'),
  LogicalNot: not,
  LogicalOr: logical('Or'),
  NotEqual: (g, inputs: Binary) => g.elementwise('Not', [compare('Equal')(g, inputs, {}) as Value]),
  Select: (g, { condition, t, e }: Record<'condition' | 't' | 'e', Value>) => {
    if (t.dtype !== 'bool') return g.where(condition, t, e);
    // (condition and t) or (not condition and e): onnxruntime selects numbers only.
    const chosen = g.elementwise('And', [condition, t]);
    const otherwise = g.elementwise('And', [g.elementwise('Not', [condition]), e]);
    return g.elementwise('Or', [chosen, otherwise]);
  },
};
