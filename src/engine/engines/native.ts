import { engine } from '../../../registry/units';
import type { Availability, Engine, EngineOptions, EngineSource } from '../../core/contracts/engine';

/* eslint-disable @typescript-eslint/no-require-imports -- tensor libraries are loaded when the engine is asked for */

/** Programs as C, compiled for the processor at hand. */
@engine({
  id: 'native',
  title: 'C compiler',
  summary: 'Fused loops and packed matrix products in C, compiled for this processor.',
  revision: 1,
  compiled: true,
  threads: true,
  automatic: 1,
})
export class Native implements EngineSource {
  async available(): Promise<Availability> {
    const implementation = 'C compiler';
    const machine = await this.machine();
    if (typeof machine === 'string') return { available: false, implementation, reason: machine };
    const { cacheNote, keepingFolders } =
      require('../native/compile/toolchain') as typeof import('../native/compile/toolchain');
    const { command, words, version, target, note } = machine.compiler;
    const line = [command, ...words, ...target].join(' ');
    const reason = `${line} compiles programs for this processor, which are kept in ${keepingFolders().at(-1)}`;
    const notes = [note, cacheNote()].filter((each) => each !== undefined);
    return { available: true, implementation, version, reason, ...(notes.length && { note: notes.join('; ') }) };
  }

  async open({ threads, signal }: EngineOptions): Promise<Engine> {
    const machine = await this.machine();
    if (typeof machine === 'string') throw new Error(machine);
    const { stopCompiling } = require('../native/compile/toolchain') as typeof import('../native/compile/toolchain');
    signal?.addEventListener('abort', stopCompiling);
    const { NativeEngine } = require('../native/engine') as typeof import('../native/engine');
    return new NativeEngine(machine, threads, signal);
  }

  private machine() {
    const { Machine } = require('../native/compile/machine') as typeof import('../native/compile/machine');
    return Machine.open();
  }
}
