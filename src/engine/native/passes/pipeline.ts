import { common, type Pass } from '../../passes/pipeline';
import { decompose } from './decompose';
import { lookUpRows } from './row-look-ups';
import { skipTriangles } from './triangles';

/** For the native engine, which fuses operators into loops and reads views of any strides. */
export const nativePasses: readonly Pass[] = [...common, lookUpRows, decompose, skipTriangles];
