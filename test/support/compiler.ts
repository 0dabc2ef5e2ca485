import { findCompiler } from '../../src/engine/native/compile/toolchain';

/** Whether the native engine can be had here. */
export const hasCompiler = typeof findCompiler() !== 'string';

/** What `--engine auto` takes for a new folder. */
export const fastest = hasCompiler ? 'native' : 'onnx';
