import { discover } from '../../../registry/discover';
import { Registry } from '../../../registry/registry';

/** The class of what a study measures, by the id of the study; undefined where it is not known. */
export type RecordShapes = (study: string) => (new () => object) | undefined;

export const recordShapesOf =
  (registry: Registry): RecordShapes =>
  (study) =>
    registry.find('study', study)?.meta.record;

let builtIn: RecordShapes | undefined;

/** Of the studies that come with the zoo. */
export const builtInShapes: RecordShapes = (study) =>
  (builtIn ??= recordShapesOf(discover(new Registry(), 'studies')))(study);
