import type { Baseline } from '../core/contracts/baseline';
import { Protocol } from '../core/protocol';
import type { Registry } from '../../registry/registry';
import type { RegisteredUnit } from '../../registry/units';
import { evaluatedLengths, lengthsWithin, spread } from '../data/lengths';
import { baselineCurves } from '../evaluation/baseline-curves';
import { mean } from '../data/score';

/** Lengths of chance levels: evenly spread over 41..500, as in the reference evaluation of Deletang et al. 2023. */
const chance = { first: 41, last: 500, lengths: 11, inputs: 400 };
/** Inputs by which the ceiling is measured at each length of the default protocol. */
const ceilingInputs = 256;

const header = ['task', 'uniform', 'constant', 'position table', 'ceiling near', 'ceiling far'];

/** The page of a task file with the table of its section "Baselines" renewed. */
export function withBaselines(page: string, registry: Registry, units: readonly RegisteredUnit<'task'>[]): string {
  const rows = units.map((unit) => [unit.id, ...baselineFigures(registry, unit).map((figure) => figure.toFixed(1))]);
  const lines = [header, header.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
  return page.replace(/(## Baselines\n[^|#]*)(?:\|.*\n)+/, (_, before: string) => `${before}${lines.join('\n')}\n`);
}

/**
 * Percent: of scored positions that are right by a uniform guess, the best constant symbol and the best symbol of each
 * place, at lengths 41 to 500; of whole answers within reach of a perfect learner of lengths 1 to 40, near and far.
 */
function baselineFigures(registry: Registry, { id }: RegisteredUnit<'task'>): number[] {
  const task = registry.createTask(id);
  const curve = (baseline: string, lengths: readonly number[], inputs: number) => {
    const unit = registry.resolve('baseline', baseline);
    return baselineCurves(task, [{ id: baseline, baseline: registry.create(unit) as Baseline }], {
      lengths,
      inputs,
    })[0]!;
  };
  const lengths = spread(lengthsWithin(task, chance.first, chance.last), chance.lengths);
  const symbols = (baseline: string) => mean(curve(baseline, lengths, chance.inputs).points.map(({ token }) => token));
  const { near, far } = evaluatedLengths(task, new Protocol());
  const answers = (range: typeof near) =>
    mean(curve('ceiling', range.lengths, ceilingInputs).points.map(({ exact }) => exact));
  const shares = [
    1 / task.alphabets.output.length,
    symbols('majority'),
    symbols('position-table'),
    answers(near),
    answers(far),
  ];
  return shares.map((share) => 100 * share);
}

/** Task files with a page, each with its units in the order of the page's table. */
export function taskPages(registry: Registry): Map<string, RegisteredUnit<'task'>[]> {
  const pages = new Map<string, RegisteredUnit<'task'>[]>();
  for (const unit of registry.tasks()) {
    const page = unit.pages.at(-1);
    if (page) pages.set(page, [...(pages.get(page) ?? []), unit]);
  }
  return pages;
}
