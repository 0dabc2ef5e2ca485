import { lockFolder } from '../../../src/run/store/lock';

/** Takes the lock of the folder it is told, says so or why not to its parent, and holds it until it is killed. */
try {
  lockFolder(process.argv[2]!);
  process.send!('locked');
} catch (error) {
  process.send!((error as { code: string }).code);
}
setInterval(() => {}, 1000);
