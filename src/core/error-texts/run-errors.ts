import { type Message, list } from './message';

/** Errors of folders of records, jobs, training and engines. */
export const runErrors = {
  // folders of records
  'unwritable-folder': (d: { folder: string; reason: string }): Message => ({
    what: `Results cannot be written to ${d.folder}: ${d.reason}.`,
    remedy: 'Choose another folder with --out; nothing was trained.',
  }),
  'folder-not-empty': (d: { folder: string }): Message => ({
    what: `${d.folder} is there already and is not an empty folder; nothing was written.`,
    remedy: 'Choose another name, or another folder with --out.',
  }),
  claimed: (d: { key: string; owner: string | null }): Message => ({
    what: `Another process is measuring this job (${d.key.slice(0, 12)}): ${d.owner ?? 'it has just ended or begun'}.`,
    remedy:
      'Wait for it (zoo watch shows who measures what), or stop it: a dead process loses its claim within a minute.',
  }),
  'being-packed': (d: { folder: string; owner: string }): Message => ({
    what: `Another process packs or unpacks the records of ${d.folder}: ${d.owner}.`,
    remedy: 'Wait for it, and try again; whatever it has not moved is moved then.',
  }),
  'no-results': (d: { folder: string }): Message => ({
    what: `There are no results in ${d.folder}: it has no manifest.json.`,
    remedy: 'Run the experiment first (zoo run), or name a folder that holds one.',
  }),
  'other-machine': (d: { folder: string; kept: string; here: string }): Message => ({
    what: `${d.folder} is kept to one kind of machine (${d.kept}), and this is another (${d.here}).`,
    remedy:
      'Train on a machine of that kind, or into another folder (--out); zoo run --no-same-machine lets every kind in again.',
  }),
  'other-study': (d: {
    first: { folder: string; study: string };
    other: { folder: string; study: string };
  }): Message => ({
    what: `${d.first.folder} has results of the study "${d.first.study}" and ${d.other.folder} of "${d.other.study}": they cannot be put together.`,
    remedy: 'Name folders of one study; zoo report shows those of several side by side.',
  }),
  'different-records': (d: { records: readonly { cell: string; where: readonly string[] }[] }): Message => ({
    what: `${d.records.length === 1 ? 'A cell has' : `${d.records.length} cells have`} different results in different folders; nothing was written:${d.records
      .slice(0, 5)
      .map(({ cell, where }) => `\n  - ${cell}: ${where.join('; ')}`)
      .join('')}${d.records.length > 5 ? `\n  - and ${d.records.length - 5} more` : ''}`,
    remedy:
      'Kinds of processor and compilers round differently: take those of the folder that is named first with --take-first, or leave one out.',
  }),
  'corrupt-manifest': (d: { file: string; reason: string }): Message => ({
    what: `${d.file} is damaged: ${d.reason}`,
    remedy: 'Run the experiment again: zoo run writes it anew and keeps every finished record.',
  }),
  'corrupt-records': (d: { records: readonly { file: string; reason: string }[] }): Message => ({
    what: `${d.records.length === 1 ? 'A record is' : `${d.records.length} records are`} damaged and left out:${d.records
      .map((record) => `\n  - ${record.file}: ${record.reason}`)
      .join('')}`,
    remedy:
      'Restore the file, or move it away and run again: only its cell is trained anew. Of a damaged pack zoo pack --unpack first makes files of all that can be read.',
  }),
  'not-built': (d: { file: string }): Message => ({
    what: `The page of reports is not there: ${d.file}.`,
    remedy: 'In a clone build it (npm run build); an installed package has it, install it again.',
  }),
  'invalid-record': (d: { study: string; key: string; problem: string }): Message => ({
    what: `The study "${d.study}" measured something else than its record class says (${d.key.slice(0, 12)}): ${d.problem}.`,
    remedy: 'Correct the study: what measure returns must fit the class that its meta names as record.',
  }),
  'unknown-format': (d: {
    of: string;
    format: string;
    formats: readonly string[];
    nearest: readonly string[];
  }): Message => ({
    what: `There is no format "${d.format}" of the ${d.of}.`,
    nearest: d.nearest,
    remedy: d.formats.length
      ? `Formats are ${list(d.formats)}; zoo list views shows all.`
      : 'zoo list views shows all.',
  }),
  'write-failed': (d: { file: string; reason: string }): Message => ({
    what: `${d.file} cannot be written: ${d.reason}.`,
    remedy: 'Make room or give the right to write there; everything finished is kept, and the same command goes on.',
  }),
  'output-failed': (d: { reason: string }): Message => ({
    what: `Standard output cannot be written to: ${d.reason}.`,
    remedy: 'Records are kept; zoo matrix prints the results again.',
  }),
  // single jobs
  'unknown-job': (d: { key: string; folder: string; problem: string; nearest?: readonly string[] }): Message => ({
    what: `"${d.key}" ${d.problem} in ${d.folder}.`,
    nearest: d.nearest,
    remedy:
      'zoo matrix <folder> shows its rows and columns ("row x column" is a cell), zoo plan <experiment> --out <folder> --json its keys; more characters name one job.',
  }),
  'no-weights': (d: { cell: string; folder: string; reason: string; key?: string }): Message => ({
    what: `There are no weights of ${d.cell} in ${d.folder}: ${d.reason}.`,
    remedy: d.key
      ? `zoo cell ${d.key.slice(0, 12)} --out ${d.folder} --keep weights measures it again and keeps them; zoo run keeps those of a grid.`
      : 'Ask for a row that is trained.',
  }),
  'no-such-form': (d: { row: string; asked: string; reason: string }): Message => ({
    what: `"${d.row}" has no ${d.asked}: ${d.reason}.`,
    remedy: 'zoo show <row> says what it is; docs/weights.md which forms there are.',
  }),
  stopped: (d: { cell: string; folder: string }): Message => ({
    what: `${d.cell} was stopped; its checkpoint is in ${d.folder}.`,
    remedy: 'The same command goes on from there.',
  }),
  // running
  'failed-cells': (d: { failures: readonly { cell: string; code: string; message: string }[] }): Message => ({
    what: `${d.failures.length} of the cells failed:${d.failures.map((f) => `\n  - ${f.cell}: ${f.message} (${f.code})`).join('')}`,
    remedy: 'Every other cell is kept; run the same command again to try only these.',
  }),
  'worker-lost': (d: { cell: string; times: number; reason: string }): Message => ({
    what: `${d.cell}: the process that trained it was lost ${d.times} times; the last one ${d.reason}`,
    remedy: 'Run it alone with --workers 0 to see what happens; where memory ran out, use fewer --workers.',
  }),
  'other-code': (d: { cell: string; differences: readonly string[] }): Message => ({
    what: `${d.cell} was asked for with other code than is here: ${list(d.differences)}.`,
    remedy: 'Run the experiment again: zoo run makes its cells anew with the code as it is.',
  }),
  'other-worker': (d: { host: string; differences: readonly string[] }): Message => ({
    what: `The worker on ${d.host} is not like whoever handed it the cells: ${list(d.differences)}.`,
    remedy: 'Give every worker the same Node.js and the same zoo; nothing was measured.',
  }),
  'scheduler-failed': (d: { command: string; reason: string }): Message => ({
    what: `${d.command} failed: ${d.reason}.`,
    remedy:
      'Run it where jobs can be submitted; zoo show <executor> says what can be set, such as partition and account.',
  }),
  'task-lost': (d: { cell: string; problem: string; lines: readonly string[]; log: string | null }): Message => ({
    what: `${d.cell}: ${d.problem}${d.lines.length > 0 ? `; its last lines are:${d.lines.map((line) => `\n    ${line}`).join('')}` : '.'}`,
    remedy: `${d.log ? `Its log is ${d.log}. ` : ''}Run the same command again to try once more.`,
  }),
  'runner-invalid': (d: { path: string }): Message => ({
    what: `The module ${d.path} cannot run cells: it exports no function createRunner.`,
    remedy: 'Export createRunner(options), which returns a RunCell; src/run/workers/runner.ts describes both.',
  }),
  // training
  'no-trainable-length': (d: { label: string; budget: number }): Message => ({
    what: `${d.label}: no trained length fits into ${d.budget} tokens.`,
    remedy: 'Raise protocol.trainingTokenBudget, or train on shorter lengths.',
  }),
  'invalid-language': (d: { language: string; problem: string }): Message => ({
    what: `No recognition task can be made of ${d.language}: ${d.problem}.`,
    remedy: 'zoo show regex, zoo show grammar and zoo show automaton say how a language is written.',
  }),
  'no-member': (d: { task: string; length: number; what: string; nearest: readonly number[] }): Message => ({
    what: `The language of "${d.task}" has no ${d.what} of length ${d.length}.`,
    nearest: d.nearest.map((length) => `length ${length}`),
    remedy: 'Ask for a length at which there are members and non-members.',
  }),
  'too-long': (d: { what: string; tokens: number; most: number }): Message => ({
    what: `${d.what} would be up to ${d.tokens.toLocaleString('en')} tokens long; at most ${d.most.toLocaleString('en')} are written.`,
    remedy: 'Ask for a shorter input.',
  }),
  'not-enough-memory': (d: { cell: string; what: string; needed: string; there: string }): Message => ({
    what: `${d.cell}: ${d.what} take at least ${d.needed}, and this machine has ${d.there} of memory.`,
    remedy: 'Make the batch, the lengths or the model smaller: zoo show <name> lists what can be set.',
  }),
  'nonconforming-task': (d: { task: string; check: string; problem: string }): Message => ({
    what: `The task "${d.task}" breaks its contract (${d.check}): ${d.problem}.`,
    remedy: 'The contract of a task is in src/core/contracts/task.ts, with a word on each member.',
  }),
  // engine
  'missing-lowering': (d: { engine: string; kernel: string; label: string; known: readonly string[] }): Message => ({
    what: `The ${d.engine} engine has no lowering for the operation "${d.kernel}", used by ${d.label}.`,
    remedy: `Run it with --engine tensorflow (or cpu), or add "${d.kernel}" to src/engine/trace/lowerings (${d.known.length} kernels are there).`,
  }),
  'traced-read': (d: { label: string }): Message => ({
    what: `${d.label} reads the content of a tensor (dataSync, arraySync, print) while it is being compiled, when there is none yet.`,
    remedy: 'Express it with tensor operations only, or run it with --engine tensorflow (or cpu).',
  }),
  'missing-kernel': (d: { kernel: string; label: string; implementation: string }): Message => ({
    what: `${d.implementation} has no implementation of the operation "${d.kernel}", used by ${d.label}.`,
    remedy: 'Run it with --engine onnx or --engine cpu.',
  }),
  'program-rejected': (d: { label: string; reason: string }): Message => ({
    what: `onnxruntime does not accept the program of ${d.label}: ${d.reason}`,
    remedy: 'Run it with --engine tensorflow (or cpu); if it works there, the lowering is at fault: docs/engine.md.',
  }),
  'missing-native': (d: { operator: string; origin: string; label: string }): Message => ({
    what: `The native engine has no code for the operator ${d.operator} (of ${d.origin}), used by ${d.label}.`,
    remedy: 'Run it with --engine onnx, or add the operator to src/engine/native/plan/calls.ts and its runtime.',
  }),
  'native-compiler': (d: { command: string; reason: string }): Message => ({
    what: `The C compiler ${d.command} does not compile for the native engine: ${d.reason}`,
    remedy: 'Name another in the environment variable CC, or run with --engine onnx, which needs none.',
  }),
  'native-memory': (d: { label: string; mebibytes: number }): Message => ({
    what: `${d.label} needs ${d.mebibytes} MiB at once, and the native engine addresses 2048.`,
    remedy: 'Use a smaller batch, or run it with --engine onnx.',
  }),
  'run-failed': (d: { label: string; engine: string; reason: string }): Message => ({
    what: `The engine ${d.engine} failed while running ${d.label}: ${d.reason}`,
    remedy: 'Compare with --engine cpu; an index out of range or too little memory are the usual causes.',
  }),
  'wrong-input': (d: { label: string; problem: string }): Message => ({
    what: `The program of ${d.label} cannot run: ${d.problem}.`,
    remedy: 'Pass handles of this engine with the shapes and types the program was compiled for.',
  }),
  disposed: (d: { what: string }): Message => ({
    what: `${d.what} was used after it had been disposed of.`,
    remedy: 'Compile it again, or dispose of it later.',
  }),
  'engine-changed': (d: { folder: string; begun: string; taken: string; reason: string }): Message => ({
    what: `The records in ${d.folder} were made with the engine "${d.begun}", and another would train all of them anew. ${d.reason}`,
    remedy: `Make "${d.begun}" work again (zoo doctor says what it lacks), or name another on purpose: --engine ${d.taken}.`,
  }),
  'no-engine': (d: { asked: string; reasons: readonly string[] }): Message => ({
    what: `The engine "${d.asked}" cannot be used here: ${list(d.reasons)}.`,
    remedy: 'zoo doctor says what is available and why.',
  }),
};
