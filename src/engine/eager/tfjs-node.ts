import { runtime } from '../../core/runtime';

/** The last Node.js that tfjs-node, which is developed no further, runs on. */
const last = 22;

/** Where the native TensorFlow is to be had, as its authors left it with version 4.22.0. */
export const tfjsNodeNeeds =
  `its published binaries are for Node.js up to ${last - 1}, for ${last} it has to be built (docs/tensorflow.md), and Node.js ` +
  `${last + 1} has removed what it calls; they hold TensorFlow 2.9.1, which needs CUDA 11 for a GPU`;

/** Why tfjs-node is not even loaded here: it would load, and fail at the first operation that calls what is gone. */
export function tfjsNodeProblem(versions: Readonly<Record<string, string | undefined>>): string | undefined {
  const here = runtime(versions);
  const [name, version] = here.split(' ') as [string, string];
  return name === 'node' && parseInt(version) <= last ? undefined : `not for ${here}`;
}
