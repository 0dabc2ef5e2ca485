import { discover } from '../../../registry/discover';
import type { StudyMeta } from '../../core/contracts/study';
import { Registry } from '../../../registry/registry';

/** What records of a study are held against, by the id of the study; undefined where it is not known. */
export type RecordShapes = (study: string) => Pick<StudyMeta, 'record' | 'contradiction'> | undefined;

export const recordShapesOf =
  (registry: Registry): RecordShapes =>
  (study) =>
    registry.find('study', study)?.meta;

let builtIn: RecordShapes | undefined;

/** Of the studies that come with the zoo. */
export const builtInShapes: RecordShapes = (study) =>
  (builtIn ??= recordShapesOf(discover(new Registry(), 'studies')))(study);
