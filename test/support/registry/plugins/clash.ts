import { task, type Task } from 'chomsky-zoo';
import { reference } from './parts';

/** Has the name of a built-in task. */
@task({
  id: 'parity',
  version: 1,
  title: 'Parity',
  summary: 'Another parity.',
  level: 'regular',
  circuitClass: { name: 'ACC0', reference },
  reference,
  answerLengthRule: 'always 1',
  labels: { final: true, aligned: false },
})
class Parity implements Task {
  readonly alphabets = { input: ['0', '1'], output: ['0', '1'] };
  sample = (): number[] => [0];
  solve = (): number[] => [0];
  answerLength = (): number => 1;
}
export default { name: 'clash', version: '1.0.0', zoo: '*', tasks: [Parity] };
