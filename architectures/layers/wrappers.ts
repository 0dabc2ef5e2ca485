import {
  architecture,
  unitOf,
  wrapper,
  zooError,
  type AnswerMode,
  type ArchitectureMeta,
  type Reference,
  type UnitClass,
} from '../../registry';

type Base = UnitClass<'architecture'>;
type WrapperMeta = Pick<ArchitectureMeta, 'title' | 'year' | 'summary' | 'reference'>;

/** The same model under another id and answer mode. Claims about the base say nothing about the wrapped row. */
function withMode(
  base: Base,
  mode: AnswerMode,
  prefix: string,
  describe: (meta: ArchitectureMeta) => WrapperMeta,
): Base {
  const meta = unitOf(base)?.meta as ArchitectureMeta | undefined;
  if (!meta?.capabilities.causal) {
    throw zooError('not-causal', { wrapper: prefix, base: meta?.id ?? base.name });
  }
  class Wrapped extends base {}
  const [, namespace = '', name] = /^(.*\/)?(.*)$/.exec(meta.id)!;
  const id = `${namespace}${prefix}-${name}`;
  return architecture({ ...meta, ...describe(meta), id, mode, variantOf: meta.id, claims: [], otherNames: undefined })(
    Wrapped,
  );
}

const thought: Reference = {
  authors: 'Merrill and Sabharwal 2024',
  title: 'The Expressive Power of Transformers with Chain of Thought',
  identifier: '2310.07923',
};
const dots: Reference = {
  authors: 'Pfau et al. 2024',
  title: "Let's Think Dot by Dot: Hidden Computation in Transformer Language Models",
  identifier: '2404.15758',
};

/** A causal architecture that writes the task's trace before its answer and reads both back. */
export const chainOfThought = wrapper('cot', (base: Base): Base =>
  withMode(base, 'chain-of-thought', 'cot', (meta) => ({
    title: `${meta.title} with chain of thought`,
    year: 2024,
    summary: `${meta.title} that writes the steps of the solution before the answer, token by token.`,
    reference: thought,
  })),
);

/** The control for `chainOfThought`: as many filler tokens as the trace is long, which give time but no information. */
export const filler = wrapper('filler', (base: Base): Base =>
  withMode(base, 'filler', 'filler', (meta) => ({
    title: `${meta.title} with filler tokens`,
    year: 2024,
    summary: `${meta.title} that is given as many meaningless tokens as the chain of thought would take.`,
    reference: dots,
  })),
);
