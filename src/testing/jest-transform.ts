import { compiled } from '../../registry/plugin-compiler';

/** Jest's transformer of a plugin's TypeScript. */
export = { process: (source: string, file: string): { readonly code: string } => ({ code: compiled(source, file) }) };
