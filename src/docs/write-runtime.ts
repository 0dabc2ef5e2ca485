import { buildRuntime, findCompiler } from '../engine/native/compile/toolchain';

/**
 * Compiles the runtime of the native engine for the processor that the build runs on, so that no first run has to. Where that is
 * not possible, or another processor runs the build, it is compiled when it is needed, and then it is said why it cannot be.
 */
async function writeRuntime(): Promise<void> {
  const compiler = findCompiler();
  if (typeof compiler !== 'string') await buildRuntime(compiler);
}

void writeRuntime();
