import { chainOfThought } from './layers';
import { Transformer } from './transformer';

/** Exported so that `cot-<id>` is a name of every causal row. */
export { chainOfThought };

export const CotTransformer = chainOfThought(Transformer);
