import type { Message } from './message';

/** Errors of values, tasks, data and experiments. */
export const inputErrors = {
  // values
  'invalid-value': (d: { place: string; problems: readonly string[]; nearest?: readonly string[] }): Message => ({
    what: d.problems.length === 1 ? `${d.place}: ${d.problems[0]}` : `${d.place}:\n  - ${d.problems.join('\n  - ')}`,
    nearest: d.nearest,
    remedy: 'Correct the value; zoo show <name> lists hyperparameters with their ranges and defaults.',
  }),
  // randomness
  'empty-range': (d: { bound: string }): Message => ({
    what: `A uniform integer below ${d.bound} was asked for, but the bound is a whole number from 1 (to 2^32 for doubles).`,
    remedy: 'Check that the list drawn from is not empty and that the length is at least 1.',
  }),
  // tasks
  'malformed-input': (d: { task: string; problem: string; form: string }): Message => ({
    what: `This is not an input of "${d.task}": ${d.problem}.`,
    remedy: `An input is ${d.form}; zoo show ${d.task} has examples.`,
  }),
  // labelled strings in files
  'invalid-data': (d: { place: string; problem: string; remedy: string }): Message => ({
    what: `${d.place}: ${d.problem}.`,
    remedy: d.remedy,
  }),
  'no-inputs': (d: { task: string; length: number; nearest: readonly number[] }): Message => ({
    what: `There is no input of ${d.length} symbols in the data of "${d.task}".`,
    nearest: d.nearest.map((length) => `length ${length}`),
    remedy: 'Ask for a length that the data have.',
  }),
  'unknown-data': (d: { digest: string }): Message => ({
    what: `Nothing says where the data with the digest ${d.digest.slice(0, 12)} are.`,
    remedy: 'Name the task dataset:FILE, or give the job a "data" field: {"<digest>": "<path>"}.',
  }),
  'data-changed': (d: { file: string; digest: string }): Message => ({
    what: `${d.file} is no longer what the job was made of: its digest was ${d.digest.slice(0, 12)}.`,
    remedy: 'Run the experiment again: the changed file makes cells of its own.',
  }),
  // files
  'missing-file': (d: { file: string; purpose: string; nearest?: readonly string[] }): Message => ({
    what: `There is no file ${d.file} (${d.purpose}).`,
    nearest: d.nearest,
    remedy: 'Check the path; a shipped experiment may be named alone: zoo run smoke.',
  }),
  'unreadable-file': (d: { file: string; reason: string }): Message => ({
    what: `${d.file} cannot be read: ${d.reason}.`,
    remedy: 'Check that it is a file and that you may read it.',
  }),
  'invalid-json': (d: { file: string; line: number; column: number; reason: string }): Message => ({
    what: `${d.file}, line ${d.line}, column ${d.column}: this is not JSON: ${d.reason}.`,
    remedy:
      'Correct the file: keys and texts in double quotes, every key once, no comma after the last entry, no comments.',
  }),
  // experiments
  'empty-selection': (d: {
    problems: readonly { readonly part?: string; readonly reason?: string; readonly nearest: readonly string[] }[];
  }): Message => ({
    what: d.problems
      .map(({ part, reason }) => {
        const what =
          part === undefined ? 'No pair of this experiment can be measured' : `--only: "${part}" selects no cell`;
        return `${what}${reason ? `, ${reason}` : ''}.`;
      })
      .join(' '),
    nearest: [...new Set(d.problems.flatMap(({ nearest }) => nearest))],
    remedy: d.problems.some(({ part }) => part !== undefined)
      ? 'Write "architecture x task", either side alone ("lstm", "x parity"), * for any; commas separate several.'
      : 'Choose other rows, columns or lengths.',
  }),
  'nothing-tested': (d: { experiment: string; asked: string; hasTheory: boolean }): Message => ({
    what: d.hasTheory
      ? `No cell of ${d.experiment} is left with --theory ${d.asked}.`
      : `The manifest of ${d.experiment} says nothing of theory.`,
    remedy: d.hasTheory
      ? 'Leave --theory out to see what became of every prediction.'
      : 'The same zoo run once more writes it; what is finished stays as it is.',
  }),
  'unmatchable-row': (d: { architecture: string; quantity: string; reason: string }): Message => ({
    what: `"${d.architecture}" cannot be matched to a budget of ${d.quantity}: ${d.reason}.`,
    remedy: 'Match another quantity, or leave the row out.',
  }),
  'unreachable-budget': (d: {
    architecture: string;
    quantity: string;
    budget: number;
    key: string;
    reach: readonly { readonly value: number; readonly amount: number }[];
  }): Message => ({
    what: `"${d.architecture}" cannot be matched to ${d.quantity}=${d.budget}: it reaches from ${d.reach
      .map(({ value, amount }) => `${amount} (${d.key}=${value})`)
      .join(' to ')}.`,
    remedy: 'Choose a budget in between, or change its other hyperparameters (layers, heads, ...).',
  }),
  // command line
  usage: (d: { problem: string; nearest?: readonly string[]; command: string }): Message => ({
    what: d.problem,
    nearest: d.nearest,
    remedy: `${d.command} --help shows how it is used.`,
  }),
  'invalid-input': (d: { place: string; problem: string; valid: string }): Message => ({
    what: `${d.place}: ${d.problem}`,
    remedy: `Valid are ${d.valid}.`,
  }),
};
