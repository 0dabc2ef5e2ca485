import { createRequire } from 'node:module';

const load = createRequire(__filename);

/** TypeScript with the decorators this project uses: Babel, which jiti brings, refuses them on fields. */
export function compiled(source: string, fileName: string): string {
  const typescript = load('typescript') as typeof import('typescript');
  return typescript.transpileModule(source, {
    fileName,
    reportDiagnostics: false,
    compilerOptions: {
      target: typescript.ScriptTarget.ES2022,
      module: typescript.ModuleKind.CommonJS,
      experimentalDecorators: true,
      emitDecoratorMetadata: true,
      useDefineForClassFields: false,
      esModuleInterop: true,
      inlineSourceMap: true,
    },
  }).outputText;
}
