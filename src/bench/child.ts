import { serialiseError } from '../core/serialise-error';
import type { Measured } from './messages';
import { measureStep, type StepQuestion } from './step';

/** Entry of a measuring process: answers one question and ends. */

const send = (message: Measured) => process.send!(message, () => process.disconnect());

process.on('SIGINT', () => process.exit(130));
process.on('disconnect', () => process.exit(0));
process.once('message', (question: StepQuestion) => {
  measureStep(question).then(
    (measurement) => send({ type: 'measured', measurement }),
    (error) => send({ type: 'failed', error: serialiseError(error) }),
  );
});
