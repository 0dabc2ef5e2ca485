import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ArchitectureMeta } from '../../src/core/contracts/architecture';
import { describeHyperparameters } from '../../src/core/hyperparameters';
import { architectureFiles, projectRoot } from '../support/architectures/discover';
import { goldenFiles } from '../support/architectures/golden';

const rowSections = ['What it computes', 'Recurrent form', 'Hyperparameters', 'What theory says', 'References'];
const baselineSections = ['What it computes', 'How to read it'];

const rowsWithNumbers = new Set(goldenFiles('test/architectures/golden').map(({ golden }) => golden.architecture));

/** What is missing, and the file to edit. */
const complain = (file: string, problem: string): never => {
  throw new Error(`${file}: ${problem}`);
};

describe.each(architectureFiles)('$source', ({ name, source, test, units }) => {
  const page = `architectures/${name}.md`;
  const path = join(projectRoot, page);
  const text = existsSync(path)
    ? readFileSync(path, 'utf8')
    : complain(page, 'is missing; docs/architectures.md has the template');
  const [first, ...variants] = units;
  /** Text of the sections by heading, in order. */
  const sections = new Map(
    text
      .split(/^## /m)
      .slice(1)
      .map((section) => {
        const [heading, ...lines] = section.split('\n');
        return [heading!.trim(), lines.join('\n').trim()] as const;
      }),
  );

  it('declares a unit of its own name and is tested', () => {
    if (first?.meta.id !== name) complain(source, `its first unit is called "${first?.meta.id}", not "${name}"`);
    // Chain of thought is tested for all of its rows in one file.
    const isWrapped = first!.kind === 'architecture' && (first!.meta as ArchitectureMeta).mode === 'chain-of-thought';
    if (isWrapped || rowsWithNumbers.has(name) || existsSync(join(projectRoot, test))) return;
    complain(`test/architectures/golden/${name}.json`, `is missing: ${source} needs golden numbers, or ${test}`);
  });

  it('has a page with title and sections in order', () => {
    const title = `# ${first!.meta.title} (\`${name}\`)`;
    if (!text.startsWith(`${title}\n`)) complain(page, `its first line is not "${title}"`);
    const wanted = first!.kind === 'baseline' ? baselineSections : rowSections;
    for (const section of wanted)
      if (!sections.get(section)) complain(page, `the section "## ${section}" is missing or empty`);
    const found = [...sections.keys()].filter((section) => section !== 'Variants');
    if (found.join() !== wanted.join()) complain(page, `its sections are not ${wanted.join(', ')}`);
  });

  it('names its variants', () => {
    for (const { meta } of variants) {
      if (!sections.get('Variants')?.includes(`| \`${meta.id}\` |`))
        complain(page, `"## Variants" has no row for ${meta.id}`);
    }
  });

  it('states every hyperparameter with its default', () => {
    if (first!.kind === 'baseline') return;
    const { hyperparameters } = first!.meta as ArchitectureMeta;
    for (const { name: key, default: value = '-' } of describeHyperparameters(hyperparameters)) {
      const row = `| \`${key}\` | ${String(value)} |`;
      if (!sections.get('Hyperparameters')!.includes(row)) complain(page, `"## Hyperparameters" has no row "${row}"`);
    }
  });
});
