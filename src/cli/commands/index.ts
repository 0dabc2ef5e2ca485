/* eslint-disable @typescript-eslint/no-require-imports -- a command's module is loaded when the command is called: help stays fast */
import type { CommandEntry } from '../command';

/** In the order of help. */
export const commands: readonly CommandEntry[] = [
  {
    name: 'run',
    summary: 'train the cells of an experiment that are not there yet, then print the matrix',
    load: () => (require('./run') as typeof import('./run')).run,
  },
  {
    name: 'study',
    summary: 'run a study of one question, and write what it found as figures; without a name, list them',
    load: () => (require('./study') as typeof import('./study')).study,
  },
  {
    name: 'cancel',
    summary: 'end what an executor runs for a folder of results; whatever is finished stays',
    load: () => (require('./cancel') as typeof import('./cancel')).cancel,
  },
  {
    name: 'plan',
    summary: 'say what a run would do and how long it would take, without training',
    load: () => (require('./plan') as typeof import('./plan')).plan,
  },
  {
    name: 'matrix',
    summary: 'print the capability matrix of a folder of results',
    load: () => (require('./matrix') as typeof import('./matrix')).matrix,
  },
  {
    name: 'leaderboard',
    summary: 'rank the rows of a folder of results',
    load: () => (require('./leaderboard') as typeof import('./leaderboard')).leaderboard,
  },
  {
    name: 'compare',
    summary: 'say whether two folders of results, or two rows of one, can be told apart',
    load: () => (require('./compare') as typeof import('./compare')).compare,
  },
  {
    name: 'plot',
    summary: 'plot accuracy by length, training, cost or scaling of rows of a folder of results',
    load: () => (require('./plot') as typeof import('./plot')).plot,
  },
  {
    name: 'view',
    summary: 'draw a folder of results of any kind of measurement',
    load: () => (require('./view') as typeof import('./view')).view,
  },
  {
    name: 'report',
    summary: 'make one HTML file of folders of results: heat map, leaderboard, a page for every cell, figures',
    load: () => (require('./report') as typeof import('./report')).report,
  },
  {
    name: 'work',
    summary: 'measure cells of a folder that others measure, too: on as many machines as share it',
    load: () => (require('./work') as typeof import('./work')).work,
  },
  {
    name: 'watch',
    summary: 'show who measures what of a folder of results, and how far everything is',
    load: () => (require('./watch') as typeof import('./watch')).watch,
  },
  {
    name: 'cell',
    summary: 'measure one job by itself: a cell of a folder of results, or a specification',
    load: () => (require('./cell') as typeof import('./cell')).cell,
  },
  {
    name: 'merge',
    summary: 'put folders of results of one study together: records, weights, checkpoints and what was asked for',
    load: () => (require('./merge') as typeof import('./merge')).merge,
  },
  {
    name: 'pack',
    summary: 'move the records of folders of results into few compressed files, or back',
    load: () => (require('./pack') as typeof import('./pack')).pack,
  },
  {
    name: 'verify',
    summary: 'measure some finished cells anew, and compare: to the byte on the same machine, the outcome elsewhere',
    load: () => (require('./verify') as typeof import('./verify')).verify,
  },
  {
    name: 'submit',
    summary: 'pack finished cells into one file that others can show beside theirs, and check',
    load: () => (require('./submit') as typeof import('./submit')).submit,
  },
  {
    name: 'answer',
    summary: 'ask a trained cell: its answer beside the right one, its states and its attention',
    load: () => (require('./answer') as typeof import('./answer')).answerCell,
  },
  {
    name: 'export',
    summary: 'write a trained cell as ONNX, safetensors or npz',
    load: () => (require('./export') as typeof import('./export')).exportCell,
  },
  {
    name: 'list',
    summary: 'list architectures and tasks, or another kind of unit',
    load: () => (require('./list') as typeof import('./list')).list,
  },
  {
    name: 'show',
    summary: 'show the page of a unit: what can be set, chance, and published results',
    load: () => (require('./show') as typeof import('./show')).show,
  },
  {
    name: 'theory',
    summary: 'say what theory predicts of a row on a column, by whose theorem and under which conditions',
    load: () => (require('./theory') as typeof import('./theory')).theory,
  },
  {
    name: 'claims',
    summary: 'say of every published claim whether records reproduce it',
    load: () => (require('./claims') as typeof import('./claims')).claims,
  },
  {
    name: 'schema',
    summary: 'print the JSON Schema of experiment files, for editors and checks',
    load: () => (require('./schema') as typeof import('./schema')).schema,
  },
  {
    name: 'sample',
    summary: 'draw inputs of a task with their answers',
    load: () => (require('./sample') as typeof import('./sample')).sample,
  },
  {
    name: 'solve',
    summary: 'answer an input of a task, or one per line of standard input',
    load: () => (require('./solve') as typeof import('./solve')).solve,
  },
  {
    name: 'new',
    summary: 'write the package of a new model, task, study or view, with its test, ready to run',
    load: () => (require('./new') as typeof import('./new')).newPlugin,
  },
  {
    name: 'check',
    summary: 'put the units of a plugin to the checks that every built-in unit passes',
    load: () => (require('./check') as typeof import('./check')).check,
  },
  {
    name: 'bench',
    summary: 'time training steps of architectures, or the sampling of tasks',
    load: () => (require('./bench') as typeof import('./bench')).bench,
  },
  {
    name: 'doctor',
    summary: 'say which engines work here, which one is used, and why',
    load: () => (require('./doctor') as typeof import('./doctor')).doctor,
  },
  {
    name: 'completion',
    summary: 'print what makes a shell complete commands, options and names',
    load: () => (require('./completion') as typeof import('./completion')).completion,
  },
];
