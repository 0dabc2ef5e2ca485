import { Claims } from '../../../src/run/shared/claims';

/** Claims the job `a` of the folder it is told, says so or why not to its parent, and holds it until it is killed. */
try {
  new Claims(process.argv[2]!).take('a');
  process.send!('claimed by me');
} catch (error) {
  process.send!((error as { code: string }).code);
}
setInterval(() => {}, 1000);
