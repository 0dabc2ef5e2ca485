import { createRequire } from 'node:module';

/** Path of the zoo's own `RunnerModule`, for whoever measures jobs elsewhere than `Work.runner` lies. */
export const ownRunner: string = createRequire(__filename).resolve('../zoo-runner');
