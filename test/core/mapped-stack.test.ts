import { ModuleKind, ScriptTarget, transpileModule } from 'typescript';
import { runInThisContext } from 'node:vm';
import { mappedStack, rememberSource } from '../../src/core/mapped-stack';

const source = `interface Gone {
  readonly inTheOutput: false;
}


(function thrower(value: Gone | undefined): void {
  throw new Error(String(value));
})(undefined);
`;

it('names the place in the source of code that was compiled', () => {
  const file = '/somewhere/with space/thrower.ts';
  const compilerOptions = { inlineSourceMap: true, module: ModuleKind.CommonJS, target: ScriptTarget.ES2022 };
  const { outputText } = transpileModule(source, { fileName: file, compilerOptions });
  const thrown = (): string => {
    try {
      return String(runInThisContext(outputText, { filename: file }));
    } catch (error) {
      return (error as Error).stack!;
    }
  };
  const stack = thrown();
  expect(stack).not.toContain('thrower.ts:7:9');
  expect(mappedStack(stack)).toBe(stack); // nothing is known of it yet
  rememberSource(file, outputText);
  const [, first] = mappedStack(stack).split('\n    at ');
  expect(first).toBe(`thrower (${file}:7:9)`);
});

it('leaves other places as they are', () => {
  rememberSource('/a/plain.js', 'no map here');
  const stack = 'Error: 1:2:3\n    at f (/a/plain.js:1:2)\n    at node:internal/x:3:4';
  expect(mappedStack(stack)).toBe(stack);
});
