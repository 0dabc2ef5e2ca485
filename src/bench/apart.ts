import { once } from 'node:events';
import { forkModule } from '../core/fork';
import type { Measured } from './messages';
import type { StepQuestion } from './step';

/** Measures in a process of its own: memory is that of one architecture, and no run warms up the next. */
export async function measureApart(question: StepQuestion): Promise<Measured> {
  const child = forkModule(__dirname, 'child', { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
  let answer: Measured = {
    type: 'failed',
    error: { code: 'unexpected', message: 'the measuring process ended early' },
  };
  child.on('message', (message: Measured) => (answer = message));
  child.send(question);
  await once(child, 'exit');
  return answer;
}
