import { executor } from '../../../registry/units';
import type { RunEvent } from '../../core/contracts/execution';
import type { Executor, Work } from '../../core/contracts/executor';
import { followFolder } from '../shared/folder-watch';
import { FileStore } from '../store/file-store';

/** Whoever shares the folder: this process measures nothing, and tells how far the others are. */
@executor({
  id: 'shared-folder',
  title: 'Shared folder',
  summary:
    'Wherever zoo work is started for the folder, on any machine that shares it; this command tells how far they are.',
})
export class SharedFolder implements Executor {
  run({ jobs, runnerOptions }: Work, onEvent: (event: RunEvent) => void, signal: AbortSignal): Promise<void> {
    const { storeLocation, keep } = runnerOptions;
    return followFolder(jobs, new FileStore(storeLocation), onEvent, signal, { keep });
  }

  submit({ jobs, runnerOptions }: Work): Promise<string> {
    return Promise.resolve(`${jobs.length} cells wait in ${runnerOptions.storeLocation} for zoo work.`);
  }
}
