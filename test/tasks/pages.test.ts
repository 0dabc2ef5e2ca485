import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot, createTask, taskFiles } from '../support/tasks/discover';
import { measureBaselines } from '../support/tasks/baselines';
import {
  baselineColumns,
  baselinesOf,
  exampleColumns,
  examplesOf,
  readPage,
  sections,
  tableOf,
  type Section,
} from '../support/tasks/page';
import { scoredAnswer } from '../support/tasks/second-solver';

/** What is missing, and the file to edit. */
const complain = (file: string, problem: string): never => {
  throw new Error(`${file}: ${problem}`);
};

describe.each(taskFiles)('$page', ({ name, page: path, test, units }) => {
  const page = readPage(path) ?? complain(path, 'is missing; docs/tasks.md has the template');
  const examples = examplesOf(page);

  it('has a test of the same name', () => {
    if (!existsSync(join(projectRoot, test))) complain(test, `is missing: ${path} needs a test`);
  });

  it('has a title with the name and every section in order', () => {
    if (page.title !== name) complain(path, `the title is "# ${page.title}", not "# ${name}"`);
    for (const section of sections)
      if (!page.text.get(section)?.trim()) complain(path, `the section "## ${section}" is missing or empty`);
    if (page.headings.join() !== sections.join()) complain(path, `the sections are not ${sections.join(', ')}`);
  });

  it('has its tables', () => {
    const expected = { 'Worked examples': exampleColumns, Baselines: baselineColumns };
    for (const [section, columns] of Object.entries(expected) as [Section, readonly string[]][])
      if (Object.keys(tableOf(page, section)[0] ?? {}).join() !== columns.join())
        complain(path, `the table of "${section}" does not have the columns ${columns.join(', ')}`);
  });

  describe.each(units.map((unit) => unit.meta.id))('%s', (id) => {
    it('has three worked examples', () => {
      const count = examples.filter((example) => example.task === id).length;
      if (count < 3) complain(path, `"Worked examples" has ${count} rows for ${id}, and needs 3`);
    });

    it('has its baselines, as measured', () => {
      const stated = baselinesOf(page).get(id) ?? complain(path, `"Baselines" has no row for ${id}`);
      const measured = measureBaselines(createTask(id));
      for (const kind of ['uniform', 'constant', 'table'] as const)
        if (!(Math.abs(stated[kind] - measured[kind]) <= 2))
          complain(path, `"Baselines" says ${kind} ${stated[kind]} for ${id}, measured ${measured[kind].toFixed(1)}`);
      const limits = [stated.ceiling.near, stated.ceiling.far];
      if (!limits.every((limit) => limit >= 0 && limit <= 100)) complain(path, `"Baselines" has no ceilings for ${id}`);
      if (limits.some((limit) => limit < 100) && !/has never seen/.test(page.text.get('Baselines')!))
        complain(path, `"Baselines" does not say what a learner of short inputs has never seen`);
    });
  });

  it.each(examples.map((example, row) => [row + 1, example] as const))('example %d is true', (row, example) => {
    if (!units.some((unit) => unit.meta.id === example.task))
      complain(path, `example ${row} is of no task of this file`);
    const task = createTask(example.task);
    const { input, output, trace: traceSymbols } = task.alphabets;
    expect(example.input.map((id) => input[id]).join(' ')).toBe(example.reads);
    expect(task.solve(example.input).join(' ')).toBe(example.answer.join(' '));
    expect(scoredAnswer(task, example.input)).toHaveLength(example.scored);
    expect(example.answer.every((id) => id in output)).toBe(true);
    expect(task.trace?.(example.input).map((id) => traceSymbols![id])).toEqual(example.trace);
  });
});
