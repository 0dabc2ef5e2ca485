import type { Manifest } from '../../core/contracts/manifest';
import type { Job, RecordOf } from '../../core/contracts/record';
import type { StudyResults } from '../../core/contracts/study';
import { printable } from '../../report/printable';
import type { Findings } from '../findings/findings';
import type { ConceptsBody } from './body';
import { figuresOf } from './figures';
import type { ConceptSettings } from './settings';
import { statementsOf } from './statements';
import { tablesOf } from './tables';

type Record = RecordOf<ConceptsBody>;

/** What seeds of the same settings found, as figures of the paper, sentences and tables. */
export function conceptsFindings({ manifest, stored }: StudyResults<Manifest<Job>, Record>): Findings {
  const runs = manifest.cells.flatMap(({ key }) => {
    const found = stored.get(key);
    return found?.status === 'finished' ? found.record : [];
  });
  const settings = manifest.cells[0]?.specification.study?.hyperparameters as ConceptSettings | undefined;
  return {
    title: `In-context concepts: ${printable(manifest.experiment)}`,
    statements: statementsOf(runs),
    figures: figuresOf(runs),
    tables: tablesOf(runs),
    notes: notesOf(settings, { measured: runs.length, asked: manifest.cells.length }),
  };
}

function notesOf(
  settings: ConceptSettings | undefined,
  { measured, asked }: { readonly measured: number; readonly asked: number },
): string[] {
  const told = settings
    ? `${measured} of ${asked} seeds; ${settings.concepts} concepts in ${settings.dimension} dimensions, ${settings.demonstrations} demonstrations, ${settings.prompts} prompts trained on, ${settings.testPrompts} in each test set. Values are medians; an interval goes from the least to the most of the seeds.`
    : undefined;
  return [
    ...(told ? [told] : []),
    ...(asked > measured ? [`${asked - measured} seeds were not run.`] : []),
    'The equations are our reading of Bu et al. 2024 (arXiv:2411.02199), whose own settings we did not see: dimensions, rates and sizes are ours.',
  ];
}
