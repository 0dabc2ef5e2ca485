import { readFileSync, readdirSync } from 'node:fs';
import { join, sep } from 'node:path';
import * as ts from 'typescript';
import { discover } from '../../registry/discover';
import { Registry } from '../../registry/registry';
import { packageRoot } from '../../src/core/package';
import { formatOf } from '../../src/report/views';

const registry = discover(new Registry(), 'engines', 'executors', 'studies', 'views');
const names = new Set([
  ...(['engine', 'executor', 'study'] as const).flatMap((kind) => registry.all(kind).map(({ id }) => id)),
  ...registry.all('view').flatMap((view) => [formatOf(view), view.meta.of]),
]);

/** Where units of these kinds are, and may know their own names. */
const units =
  /^src\/(engine\/(engines|native|onnx|eager)|run\/executors|studies\/[^/]+\/views)\/|^src\/studies\/([^/]+)\/\3\.ts$/;

const sources = ['src', 'registry', 'architectures', 'tasks'].flatMap((room) =>
  readdirSync(join(packageRoot, room), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => `${room}/${file.split(sep).join('/')}`),
);

const comparisons = new Set([
  ts.SyntaxKind.EqualsEqualsEqualsToken,
  ts.SyntaxKind.ExclamationEqualsEqualsToken,
  ts.SyntaxKind.EqualsEqualsToken,
  ts.SyntaxKind.ExclamationEqualsToken,
]);

/** Places where a source compares something with the name of a unit, or has a case for it. */
function branchesIn(file: string, text: string): string[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true);
  const found: string[] = [];
  const isName = (node: ts.Node) => ts.isStringLiteral(node) && names.has(node.text);
  const visit = (node: ts.Node): void => {
    const isComparison = ts.isBinaryExpression(node) && comparisons.has(node.operatorToken.kind);
    const branches =
      (isComparison && (isName(node.left) || isName(node.right))) || (ts.isCaseClause(node) && isName(node.expression));
    if (branches) {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart());
      found.push(`${file}:${line + 1}: ${node.getText().split('\n')[0]}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

it('knows the names of every engine, executor, study and view', () => {
  for (const name of ['native', 'onnx', 'processes', 'in-process', 'capability', 'matrix', 'svg', 'latex'])
    expect(names).toContain(name);
});

it('finds comparisons and cases', () => {
  const text = `if (engine.name === 'native') a(); switch (format) { case 'svg': b(); } const c = 'onnx' != x ? 1 : 2; const ok = 'native';`;
  expect(branchesIn('x.ts', text)).toHaveLength(3);
});

it('finds none outside the units themselves', () => {
  // The page of a report knows no units: its words for places are its own.
  const others = sources.filter((file) => !units.test(file) && !file.startsWith('src/page/'));
  expect(others.length).toBeGreaterThan(200);
  expect(others.flatMap((file) => branchesIn(file, readFileSync(join(packageRoot, file), 'utf8')))).toEqual([]);
});
