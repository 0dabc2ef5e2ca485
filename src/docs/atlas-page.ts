import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { discover } from '../../registry/discover';
import { Registry } from '../../registry/registry';
import { packageRoot } from '../core/package';
import { figuresSvg } from '../report/figure/figure-svg';
import { markdownOf, markdownText } from '../report/markdown';
import { draw } from '../report/views';
import type { Matrix } from '../studies/capability/summarise/matrix';
import { headlinesOf } from '../studies/capability/survey/statements';
import { surveyOf } from '../studies/capability/survey/survey';
import { surveyed } from '../studies/capability/survey/surveyed';
import { resultsIn } from './results-folder';
import { withTable } from './tables';

const readme = 'README.md';
const page = join('docs', 'atlas.md');
const picture = join('docs', 'images', 'atlas.svg');
const figure = (id: string): string => join('docs', 'images', `atlas-${id}.svg`);

/** Where the records of the atlas are. */
export const atlasFolder = join(packageRoot, 'results', 'atlas');

/** The page of the atlas, its pictures, and the README with what it says of it, by path, all made from its records. */
export async function atlasPage(folder = atlasFolder): Promise<Map<string, string>> {
  const registry = discover(new Registry(), 'studies', 'views');
  const { study, ...results } = await resultsIn(registry, folder);
  const matrix = registry.create(study).summarise(results) as Matrix;
  const survey = surveyOf(matrix, 'The atlas');
  const options = { score: 'exact', palette: 'none' } as const;
  const drawn = (await draw(registry, { of: 'matrix', format: 'svg' }, matrix, options)) as string;
  const files = new Map([[picture, drawn]]);
  for (const each of survey.figures) files.set(figure(each.id), figuresSvg([each], each.title));
  const figures = survey.figures.map(({ id, title, caption }) =>
    [`![${markdownText(title)}](images/atlas-${id}.svg)`, markdownText(caption)].join('\n\n'),
  );
  const statements = survey.statements.map(listItem).join('\n');
  const tables = markdownOf({ ...survey, statements: [] }).replace(/^# .*\n\n/, '');
  const parts = [
    '# The atlas',
    introduction,
    '![Capability matrix of the atlas](images/atlas.svg)',
    '## What it shows',
    statements,
    ...figures,
    limits,
    questions,
    tables,
  ];
  const headlines = headlinesOf(surveyed(matrix)).map(listItem).join('\n');
  files.set(readme, withTable(readFileSync(join(packageRoot, readme), 'utf8'), headlines));
  return files.set(page, parts.map((part) => part.trim()).join('\n\n') + '\n');
}

const listItem = (statement: string): string => `- ${markdownText(statement)}`;

/** What no record says. */
const introduction = `
Which architecture computes what: every row of the literature that trains in seconds, on columns of every level of the hierarchy, each
row about as large as the others, tuned alike (the best of the same four learning rates by successive halving on held-out inputs of trained lengths, for
every cell), with what theory predicts of each cell beside what was measured. This page is written by \`npm run docs\` from the records in
[\`results/atlas\`](../results/atlas); no number in it is typed. How to read a cell: [reading the matrix](reading-the-matrix.md).

What is new in it: the rows of a dozen papers under one protocol, where each of these papers compares a few of them under its own; a prediction with
its theorem beside each cell, so that what cannot be learnt is told apart from what was not; intervals over seeds beside every rank; and
records that anybody can measure again, cell by cell, with one command.
`;

const limits = `
## What it is not

- **Not a proof of inability**: budgets are of seconds. "Not learnt" is said of this budget; where theory has a construction, the cell is
  called a learnability gap. Chains of thought suffer most: the same rows learn S3, parity and arithmetic with more steps
  ([recurrence](studies/recurrence.md)), and labels of every prefix teach what the answer alone does not
  ([aligned labels](experiments.md)).
- **Not how far a row could be taken**: a run ends once it answers held-out inputs of the trained lengths rightly, three looks in a row.
  What it carries on from there is what is shown; more training may carry further, such as counters of LSTMs
  ([published claims](claims.md), 31).
- **Not a ranking of large models**: rows are small, of about one size, and columns are a choice of formal languages.
- **Not free of seeds**: where the first two seeds come to one verdict no third was trained, since the median of three is then known; where they
  do not, a third decides. With two seeds the score shown is the lower one.
`;

const questions = `
## Ask it

\`\`\`sh
zoo compare results/atlas --rows lstm,mamba-negative --columns z5   # is one better than the other, with an interval
zoo matrix results/atlas --theory disagrees       # where theory and measurement part
zoo matrix results/atlas --level regular --sort capability
zoo leaderboard results/atlas --by level          # ranks with intervals
zoo plot results/atlas --rows lstm,mamba-negative --columns parity  # accuracy by length
zoo view results/atlas --of survey                # this page, in the terminal
zoo verify results/atlas --sample 30              # thirty cells anew
zoo run atlas                                     # all of it again; goes on where it was stopped
\`\`\`
`;
