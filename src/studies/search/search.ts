import 'reflect-metadata';
import { inject } from 'tsyringe';
import { Registry } from '../../../registry/registry';
import { study } from '../../../registry/units';
import type { Manifest } from '../../core/contracts/manifest';
import type { Cell } from '../../core/contracts/record';
import { SearchBody } from '../../core/contracts/search';
import type {
  ExpandContext,
  Measured,
  MeasureContext,
  RecordWords,
  Study,
  StudyResults,
} from '../../core/contracts/study';
import { zooError } from '../../core/errors';
import { searchJobOf, searchStudy, type SearchRecord } from '../../core/search';
import { expandExperiment } from '../capability/expand';
import { GridExperiment } from '../experiment';
import type { Findings } from '../findings/findings';
import { searchVersion } from './of-grid';
import { summariseSearches } from './summary';
import { settingsText } from './words';

/**
 * Chooses settings of a row on a column: trains several, compares them on held-out sequences of trained lengths, and tests
 * nothing. Cells whose experiment has a `search` are measured with what it chose (`searchJobOf`).
 */
@study({
  id: searchStudy,
  version: searchVersion,
  title: 'Search of settings',
  summary:
    'Tries settings of every row on every column, and says which did best on held-out sequences of trained lengths.',
  experiment: GridExperiment,
  record: SearchBody,
  presents: ['findings'],
})
export class Search implements Study<GridExperiment, Cell, SearchRecord, Findings> {
  constructor(@inject(Registry) private readonly registry: Registry) {}

  expand(experiment: GridExperiment, context: ExpandContext): Manifest {
    const { cells, ...grid } = expandExperiment(this.registry, { ...experiment, baselines: [] }, context);
    const searches = new Map(cells.flatMap((cell) => searchJobOf(cell) ?? []).map((job) => [job.key, job]));
    if (searches.size === 0)
      throw zooError('invalid-value', {
        place: context.file,
        problems: ['search is missing: there is nothing to try'],
      });
    return { ...grid, study: searchStudy, cells: [...searches.values()] };
  }

  measure(job: Cell, context: MeasureContext): Promise<Measured<SearchBody>> {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- brings the tensor library, which views need not
    const { measureSearch } = require('./measure') as typeof import('./measure');
    return measureSearch(this.registry, job, context);
  }

  summarise(results: StudyResults<Manifest, SearchRecord>): Findings {
    return summariseSearches(results);
  }

  tell({ trials, chosen }: SearchRecord): RecordWords {
    const best = trials[chosen]!;
    const isLearnt = best.ended === 'stopped-early';
    return {
      mark: isLearnt ? '●' : '○',
      outcome: isLearnt ? 'learnt' : 'chosen',
      details: settingsText(best.settings),
      isBest: isLearnt,
    };
  }
}
