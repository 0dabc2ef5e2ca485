import { filler } from './layers';
import { Transformer } from './transformer';

/** Exported so that `filler-<id>` is a name of every causal row. */
export { filler };

export const FillerTransformer = filler(Transformer);
