import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { posix } from 'node:path';
import { join } from 'node:path';
import type { Node, NamedExports, NamedImports, Statement } from 'typescript';
import { codeDigest } from '../../core/code-digest';

const load = createRequire(__filename);
const typescript = () => load('typescript') as typeof import('typescript');

/** Names that are taken from a module, or all of it. */
type Names = readonly string[] | 'all';

interface Import {
  readonly specifier: string;
  readonly names: Names;
  /** Of an export from another module: the name that it gives each, in the order of `names`. */
  readonly as?: readonly string[];
}

interface Module {
  readonly digest: string;
  readonly imports: readonly Import[];
  /** Names that it declares and exports. */
  readonly own: ReadonlySet<string>;
  /** Whether it does nothing but hand on what others export. */
  readonly isDoor: boolean;
}

/** TypeScript modules below a folder, each read once, and what they import of each other. Types do not count. */
export class ModuleGraph {
  private readonly modules = new Map<string, Module>();

  /** Paths are from the root, with slashes. */
  constructor(private readonly root: string) {}

  has(file: string): boolean {
    return existsSync(join(this.root, file));
  }

  /**
   * Digests of a file and of all that it imports, directly or not, as far as `isFollowed`. Through a file that only hands
   * on exports, those that are taken are followed.
   */
  closure(file: string, isFollowed: (file: string) => boolean): Record<string, string> {
    const digests: Record<string, string> = {};
    const visit = (path: string, names: Names): void => {
      if (path in digests) return;
      const { digest, imports, isDoor } = this.module(path);
      const from = imports.map((each) => ({ ...each, target: this.resolved(each.specifier, path) }));
      const followed = from.filter(({ target }) => target !== undefined && isFollowed(target));
      if (!isDoor) {
        digests[path] = digest;
        for (const { target, names: taken } of followed) visit(target!, taken);
        return;
      }
      for (const each of followed) {
        const wanted = names === 'all' ? each.names : wantedOf(each, names, (name) => this.exports(each.target!, name));
        if (wanted.length > 0) visit(each.target!, wanted);
      }
    };
    visit(file, 'all');
    return digests;
  }

  private exports(file: string, name: string): boolean {
    const { own, imports } = this.module(file);
    return own.has(name) || imports.some(({ as }) => as?.includes(name));
  }

  private resolved(specifier: string, from: string): string | undefined {
    if (!specifier.startsWith('.')) return undefined;
    const path = posix.join(posix.dirname(from), specifier);
    return [`${path}.ts`, `${path}/index.ts`].find((file) => this.has(file));
  }

  private module(file: string): Module {
    const known = this.modules.get(file);
    if (known) return known;
    const text = readFileSync(join(this.root, file), 'utf8');
    const ts = typescript();
    const { statements } = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, false);
    const module: Module = {
      digest: codeDigest(text, file).slice(0, 16),
      imports: statements.flatMap(importOf),
      own: new Set(statements.flatMap(exportedNames)),
      isDoor: statements.length > 0 && statements.every((each) => ts.isExportDeclaration(each) && each.moduleSpecifier),
    };
    this.modules.set(file, module);
    return module;
  }
}

/** Of what one line of a door hands on, that which is wanted. */
function wantedOf({ names, as }: Import, wanted: readonly string[], has: (name: string) => boolean): Names {
  if (names === 'all') return as ? (wanted.includes(as[0]!) ? 'all' : []) : wanted.filter(has);
  return names.filter((_, at) => wanted.includes(as![at]!));
}

function importOf(statement: Statement): Import[] {
  const ts = typescript();
  if (ts.isImportDeclaration(statement)) {
    const specifier = textOf(statement.moduleSpecifier);
    const clause = statement.importClause;
    if (!clause) return [{ specifier, names: 'all' }];
    if (clause.isTypeOnly) return [];
    const { name, namedBindings } = clause;
    if (namedBindings && ts.isNamespaceImport(namedBindings)) return [{ specifier, names: 'all' }];
    const names = [
      ...(name ? ['default'] : []),
      ...(namedBindings ? namesOf(namedBindings).map(([from]) => from) : []),
    ];
    return names.length > 0 ? [{ specifier, names }] : [];
  }
  if (ts.isExportDeclaration(statement) && statement.moduleSpecifier && !statement.isTypeOnly) {
    const specifier = textOf(statement.moduleSpecifier);
    const clause = statement.exportClause;
    if (!clause) return [{ specifier, names: 'all' }];
    if (ts.isNamespaceExport(clause)) return [{ specifier, names: 'all', as: [clause.name.text] }];
    const names = namesOf(clause);
    return [{ specifier, names: names.map(([from]) => from), as: names.map(([, to]) => to) }];
  }
  return [];
}

const textOf = (node: Node): string => (node as Node & { readonly text: string }).text;

/** Name in the module and name here of each that is no type. */
const namesOf = ({ elements }: NamedImports | NamedExports): [string, string][] =>
  elements
    .filter(({ isTypeOnly }) => !isTypeOnly)
    .map(({ propertyName, name }) => [(propertyName ?? name).text, name.text]);

function exportedNames(statement: Statement): string[] {
  const ts = typescript();
  if (ts.isExportDeclaration(statement) && !statement.moduleSpecifier && statement.exportClause)
    return namesOf(statement.exportClause as NamedExports).map(([, to]) => to);
  const isExported =
    ts.canHaveModifiers(statement) &&
    ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
  if (!isExported) return [];
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.flatMap(({ name }) => bound(name));
  const { name } = statement as Statement & { readonly name?: Node };
  return name ? [textOf(name)] : [];
}

/** Names that a declaration binds: one, or those of a pattern. */
function bound(name: Node): string[] {
  const ts = typescript();
  if (ts.isIdentifier(name)) return [name.text];
  const { elements } = name as Node & { readonly elements: readonly Node[] };
  return elements.flatMap((element) => (ts.isBindingElement(element) ? bound(element.name) : []));
}
