import { baseline, type Baseline, type Guess, type Task } from '../registry';

@baseline({
  id: 'oracle',
  version: 1,
  title: 'Oracle',
  summary: "The task's own solver: always right, and the proof that scoring is.",
  usesSolver: true,
})
export class Oracle implements Baseline {
  fit(task: Task): Guess {
    return (input) => task.solve(input);
  }
}
