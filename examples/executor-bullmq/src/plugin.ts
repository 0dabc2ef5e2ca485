import type { Plugin } from 'chomsky-zoo';
import { Bullmq } from './executor';

const plugin: Plugin = { name: 'zoo-bullmq', version: '0.1.0', zoo: '^0.1.0', executors: [Bullmq] };
export default plugin;
