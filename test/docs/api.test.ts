import { join } from 'node:path';
import ts from 'typescript';
import { packageFile, packageRoot } from '../../src/core/package';
import { doors } from '../../registry/plugin-loader';

const file = ts.readConfigFile(join(packageRoot, 'tsconfig.build.json'), (name) => ts.sys.readFile(name));
const { options } = ts.parseJsonConfigFileContent(file.config, ts.sys, packageRoot);
const program = ts.createProgram(Object.values(doors), options);
const checker = program.getTypeChecker();

it('has the doors that package.json exports', () => {
  const exported = Object.entries(packageFile.exports).filter(([, file]) => typeof file === 'object');
  expect(Object.keys(doors).sort()).toEqual(exported.map(([name]) => join(packageFile.name, name)).sort());
});

it.each(Object.entries(doors))('every export of %s is described', (_, door) => {
  const exports = checker.getExportsOfModule(checker.getSymbolAtLocation(program.getSourceFile(door)!)!);
  expect(exports.length).toBeGreaterThan(2);
  const bare = exports.filter((each) => {
    const symbol = each.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(each) : each;
    const isModule = (symbol.flags & ts.SymbolFlags.Module) !== 0; // `initializers`, which its own file describes
    return !isModule && symbol.getDocumentationComment(checker).length === 0;
  });
  expect(bare.map(({ name }) => name)).toEqual([]);
});
