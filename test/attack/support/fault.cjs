// Preloaded into a process that is attacked: at the change of the file system that FAULT_AT names, counted over this
// process, it is killed before or after it or in the middle of a write, or the disk is full from there on.
const fs = require('node:fs');

const at = Number(process.env.FAULT_AT ?? Infinity);
const kind = process.env.FAULT_KIND;
const inside = process.env.FAULT_FOLDER ?? '/';
let count = 0;

const die = () => {
  process.kill(process.pid, 'SIGKILL');
  for (;;); // until it arrives
};
const full = (name) => Object.assign(new Error(`ENOSPC: no space left on device, ${name}`), { code: 'ENOSPC' });
const concerns = (target) => typeof target === 'string' && target.startsWith(inside);

/** Runs a change, or what is to happen in its place. */
function change(name, run, args, partly) {
  if (!concerns(args[0])) return run();
  count++;
  if (kind === 'full' && count >= at && !/^(rm|unlink|rmdir)/.test(name)) {
    if (partly) partly();
    throw full(name);
  }
  if (count !== at) return run();
  if (kind === 'before') die();
  if (kind === 'middle' && partly) partly();
  if (kind === 'middle') die();
  try {
    return run();
  } finally {
    if (kind === 'after') die(); // also after a change that failed
  }
}

const partlyWritten = (file, content) => () => {
  const descriptor = fs.openSync(file, 'a');
  fs.writeSync(descriptor, content.subarray(0, content.length >> 1));
  fs.closeSync(descriptor);
};
const opened = fs.openSync;
fs.openSync = (...args) => {
  const isChange = typeof args[1] === 'string' && args[1] !== 'r';
  if (!isChange || (kind === 'full' && args[1] === 'r+')) return opened.apply(fs, args);
  return change('openSync', () => opened.apply(fs, args), args);
};
const changes = ['mkdir', 'rename', 'rm', 'rmdir', 'unlink', 'utimes', 'writeFile', 'appendFile', 'link'];
for (const name of changes.map((change) => `${change}Sync`)) {
  const original = fs[name];
  fs[name] = (...args) => {
    const partly = name === 'writeFileSync' && partlyWritten(args[0], Buffer.from(args[1] ?? ''));
    return change(name, () => original.apply(fs, args), args, partly);
  };
}
for (const name of ['mkdir', 'rm', 'rename', 'utimes', 'rmdir']) {
  const [promised, called] = [fs.promises[name], fs[name]];
  fs.promises[name] = async (...args) => change(name, () => promised.apply(fs.promises, args), args);
  fs[name] = (...args) => {
    try {
      return change(name, () => called.apply(fs, args), args);
    } catch (error) {
      args.at(-1)(error);
    }
  };
}
