import type { Availability, Engine, EngineName, EngineSource } from '../../core/contracts/engine';
import type { Way } from './open';

/** An engine that runs programs operation by operation on the first of several backends that works. */
export abstract class EagerSource implements EngineSource {
  protected constructor(
    private readonly name: EngineName,
    /** Best first. */
    private readonly ways: readonly Way[],
  ) {}

  async available(): Promise<Availability> {
    return (await this.opened()).availability;
  }

  async open(): Promise<Engine> {
    const { engine, availability } = await this.opened();
    if (!engine) throw new Error(availability.reason);
    return engine;
  }

  private opened() {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded when the engine is asked for
    const { openEager } = require('./open') as typeof import('./open');
    return openEager(this.name, this.ways);
  }
}
