import type { DeclaredColumn } from '../core/contracts/declared-theory';
import type { Task, TaskMeta } from '../core/contracts/task';
import type { ChomskyLevel } from '../core/contracts/chomsky-level';

/** What a column declares, under these hyperparameters or the defaults. */
export function declaredTheory({ theory, hyperparameters: Shape }: TaskMeta, hyperparameters?: object): DeclaredColumn {
  if (typeof theory !== 'function') return theory ?? {};
  return theory(hyperparameters ?? (Shape ? new Shape() : {}));
}

/** The level of a column under its settings. */
export const levelOf = (meta: TaskMeta, task: Task, hyperparameters?: object): ChomskyLevel =>
  task.answerAutomaton?.() ? 'regular' : (declaredTheory(meta, hyperparameters).level ?? meta.level);
