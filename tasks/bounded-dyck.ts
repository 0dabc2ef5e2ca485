import { IsInt, Max, Min } from 'class-validator';
import { type TaskMeta, task, type UnitClass } from '../registry';
import { starFreeColumn } from './parts/column-theory';
import { AutomatonTask } from './parts/automaton-task';
import { heightAutomaton } from './parts/bracket-words';
import { ac0, bhattamishra2020 } from './parts/references';
import { numerals } from './parts/symbols';

export class BoundedDyckHyperparameters {
  /** Nesting depth n of D_n. */
  @IsInt() @Min(1) @Max(200) depth = 8;
}

const meta = {
  id: 'bounded-dyck',
  version: 1,
  title: 'Bounded Dyck language',
  summary: 'A string over a and b; whether it is well nested, a opening and b closing, at most n deep.',
  level: 'regular',
  circuitClass: ac0,
  reference: bhattamishra2020,
  answerLengthRule: 'always 1',
  labels: { final: true, aligned: true },
  // Two layers of resets: Sarrof, Veitsman and Hahn 2024.
  theory: { ...starFreeColumn, passesCRaspTest: true, cRasp: true, cRaspWithPositions: true, resetLayers: 2 },
} satisfies TaskMeta;

/** Recognition of D_n: D_0 is the empty word and D_n = (a D_(n-1) b)*. */
@task({
  ...meta,
  hyperparameters: BoundedDyckHyperparameters,
  otherNames: [{ name: 'D_n', source: 'Bhattamishra et al. 2020', here: 'bounded-dyck with depth=n' }],
})
export class BoundedDyck extends AutomatonTask {
  constructor({ depth } = new BoundedDyckHyperparameters()) {
    super(['a', 'b'], heightAutomaton(depth), [...numerals(depth + 1), '!']);
  }
}

/** The same with its depth fixed, under a name of its own. */
function variant(depth: number): UnitClass<'task'> {
  const summary = `A string over a and b; whether it is well nested, a opening and b closing, at most ${depth} deep.`;
  const otherNames = [{ name: `D_${depth}`, source: 'Bhattamishra et al. 2020' }];
  @task({ ...meta, id: `bounded-dyck-${depth}`, title: `D${depth}`, summary, variantOf: 'bounded-dyck', otherNames })
  class BoundedDyckVariant extends BoundedDyck {
    constructor() {
      super({ depth });
    }
  }
  return BoundedDyckVariant;
}

export const BoundedDyck2 = variant(2);
export const BoundedDyck3 = variant(3);
export const BoundedDyck4 = variant(4);
export const BoundedDyck12 = variant(12);
