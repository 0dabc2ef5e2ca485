import type { Plugin } from 'chomsky-zoo';
import { MyModel } from './my-model';
import { MyTask } from './my-task';

/** Everything that this package adds to the zoo. */
const plugin: Plugin = {
  name: 'my-plugin',
  version: '0.1.0',
  zoo: '^0.1.0',
  architectures: [MyModel],
  tasks: [MyTask],
};
export default plugin;
