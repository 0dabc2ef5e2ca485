import { discover } from '../../registry/discover';
import { Registry } from '../../registry/registry';
import type { Engine, EngineOptions } from '../../src/core/contracts/engine';
import { enginesOf } from '../../src/engine/select';

/** The engines that come with the zoo, a registry of their own each time. */
export const builtInEngines = () => enginesOf(discover(new Registry(), 'engines'));

export const selectEngine = (choice: string, options: EngineOptions): Promise<Engine> =>
  builtInEngines().open(choice, options);
