import type { SlurmSettings } from './settings';

/** What a task needs to know, the same for all tasks of a submission. */
export interface BatchOptions {
  /** Path of the command line's main module. */
  readonly zoo: string;
  /** Command of Node.js. */
  readonly node: string;
  readonly results: string;
  readonly submission: string;
  readonly settings: Pick<SlurmSettings, 'setup' | 'cpusPerTask'>;
}

/** So often a task that met its time limit goes back into the queue. */
export const mostRestarts = 100;

/**
 * What each task of an array runs. The shell alone gets SIGUSR1 before the time limit, has what is running saved, and puts the
 * task back into the queue.
 */
export const batchScript = ({ zoo, node, results, submission, settings }: BatchOptions): string => `#!/bin/bash
# Measures the cells that are listed in cells/<number of the task>.txt.
number=$SLURM_ARRAY_TASK_ID
host=\${SLURMD_NODENAME:-$(hostname)}
node=${quoted(node)}
zoo=${quoted(zoo)}
results=${quoted(results)}
submission=${quoted(submission)}
${settings.setup.map((line) => `${line}\n`).join('')}
echo "task $number on $host, \${SLURM_RESTART_COUNT:-0} restarts"
command -v "$node" >/dev/null || { echo "There is no $node on $host."; exit 1; }
for needed in "$zoo" "$submission/cells/$number.txt"; do
  [ -e "$needed" ] || { echo "There is no $needed on $host: is the disk shared?"; exit 1; }
done

limit=
trap 'limit=1; kill -TERM "$worker" 2>/dev/null' USR1
trap 'kill -TERM "$worker" 2>/dev/null' TERM
"$node" "$zoo" work "$results" --cells "$submission/cells/$number.txt" --like "$submission/submission.json" \\
  --workers ${settings.cpusPerTask} --until-idle &
worker=$!
wait "$worker"
status=$?
# A signal ends the first wait, not the worker.
while kill -0 "$worker" 2>/dev/null; do
  wait "$worker"
  status=$?
done
if [ -n "$limit" ] && [ "$status" -ne 0 ] && [ "\${SLURM_RESTART_COUNT:-0}" -lt ${mostRestarts} ]; then
  echo "The time limit is near: back into the queue."
  scontrol requeue "\${SLURM_ARRAY_JOB_ID}_\${SLURM_ARRAY_TASK_ID}"
fi
exit "$status"
`;

/** A word for a shell, whatever is in it. */
export const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
