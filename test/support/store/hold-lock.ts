import { lockFolder } from '../../../src/run/store/lock';

/** Takes the lock of the folder it is told, says so or why not to its parent, and holds it until it is killed. */
lockFolder(process.argv[2]!).then(
  () => process.send!('locked'),
  (error: { code: string }) => process.send!(error.code),
);
setInterval(() => {}, 1000);
