import { Machine } from '../../../src/engine/native/compile/machine';
import { NativeEngine } from '../../../src/engine/native/engine';
import { hasCompiler } from '../../support/compiler';

/** `describe` for what the C compiler has to be there for; skipped where it is not, and named so. */
export const describeNative = (name: string, tests: () => void): void =>
  hasCompiler ? describe(name, tests) : describe.skip(`${name} (skipped: no C compiler found)`, tests);

export async function openMachine(): Promise<Machine> {
  const machine = await Machine.open();
  if (typeof machine === 'string') throw new Error(machine);
  return machine;
}

export const openNative = async (threads = 1): Promise<NativeEngine> => new NativeEngine(await openMachine(), threads);
