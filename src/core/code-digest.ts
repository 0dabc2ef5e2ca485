import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { extname } from 'node:path';
import type { Node } from 'typescript';

const load = createRequire(__filename);
/** A second of loading, so only where code is read. */
const typescript = () => load('typescript') as typeof import('typescript');

const isCode = (fileName: string): boolean => /^\.[cm]?[jt]sx?$/.test(extname(fileName));

/**
 * SHA-256 of a file in hexadecimal. Of TypeScript and JavaScript its tokens count, so that comments, spaces, line ends and
 * commas before a closing bracket do not; of any other file every byte.
 */
export function codeDigest(content: Buffer | string, fileName: string): string {
  const hash = createHash('sha256');
  if (!isCode(fileName)) return hash.update(content).digest('hex');
  for (const token of tokensOf(content.toString(), fileName)) hash.update(token).update('\0');
  return hash.digest('hex');
}

/** One digest of several named ones, in the order of their names. */
export function joinedDigest(digests: Readonly<Record<string, string>>): string {
  const hash = createHash('sha256');
  for (const name of Object.keys(digests).sort()) hash.update(`${name}\0${digests[name]}\0`);
  return hash.digest('hex');
}

/** What a module imports, by `import`, `export from`, `require` and `import()` of a literal name. */
export const importsOf = (text: string): string[] => [
  ...new Set(
    typescript()
      .preProcessFile(text, true, true)
      .importedFiles.map(({ fileName }) => fileName),
  ),
];

function tokensOf(text: string, fileName: string): string[] {
  const ts = typescript();
  const source = ts.createSourceFile(fileName, text, ts.ScriptTarget.Latest, false);
  const tokens: string[] = [];
  const visit = (node: Node): void => {
    if (ts.isJSDoc(node)) return;
    const children = node.getChildren(source);
    if (children.length > 0) return children.forEach(visit);
    const token = node.getText(source);
    if (/^[)\]}]$/.test(token) && tokens.at(-1) === ',' && !/^[,[]$/.test(tokens.at(-2) ?? '')) tokens.pop();
    if (token !== '') tokens.push(token);
  };
  visit(source);
  return tokens;
}
