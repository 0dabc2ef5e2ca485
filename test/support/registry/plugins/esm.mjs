import { task } from 'chomsky-zoo';

const reference = { authors: 'Nobody', title: 'None', identifier: 'https://example.org' };
class Constant {
  alphabets = { input: ['a'], output: ['b'] };
  sample(_, length) {
    return new Array(length).fill(0);
  }
  solve() {
    return [0];
  }
  answerLength() {
    return 1;
  }
}
task({
  id: 'constant',
  version: 1,
  title: 'Constant',
  summary: 'Anything; b.',
  level: 'regular',
  circuitClass: { name: 'AC0', reference },
  reference,
  answerLengthRule: 'always 1',
  labels: { final: true, aligned: false },
})(Constant);

export default { name: 'constant', version: '1.0.0', zoo: '^0.1.0', tasks: [Constant] };
