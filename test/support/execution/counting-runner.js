// A runner that does a little real work in the shape of training: it iterates a small recurrence, keeps checkpoints,
// continues from them, and notes every step it takes so that a test can tell what was done twice.
const { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { setTimeout: sleep } = require('node:timers/promises');

const checkpointEvery = 5;

function writeAtomically(file, content) {
  writeFileSync(`${file}.${process.pid}`, content);
  renameSync(`${file}.${process.pid}`, file);
}

exports.createRunner = ({ storeLocation }) => {
  mkdirSync(storeLocation, { recursive: true });
  return async function runCell(cell, onProgress, signal) {
    const { steps, behaviour, pause = 1 } = cell.specification.architecture.hyperparameters;
    const file = (kind) => join(storeLocation, `${cell.key}.${kind}`);
    if (behaviour === 'throw') throw Object.assign(new Error('this cell cannot be run'), { code: 'test-failure' });
    if (behaviour === 'crash') {
      process.stderr.write('out of luck\n');
      process.exit(70);
    }
    writeAtomically(file('pid'), String(process.pid));
    let state = existsSync(file('checkpoint'))
      ? JSON.parse(readFileSync(file('checkpoint'), 'utf8'))
      : { step: 0, value: cell.specification.seed };
    const resumedAt = state.step;
    const saveCheckpoint = () => writeAtomically(file('checkpoint'), JSON.stringify(state));
    while (state.step < steps) {
      state = { step: state.step + 1, value: (state.value * 1103 + 12345) % 65536 };
      appendFileSync(file('log'), `${state.step}\n`);
      if (state.step % checkpointEvery === 0) saveCheckpoint();
      onProgress({ phase: 'training', step: state.step, steps, loss: state.value });
      // What a runner must not do, to test that it cannot outlive its parent all the same.
      if (behaviour === 'hog') Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, pause);
      else await sleep(pause);
      if (behaviour === 'deaf') continue;
      if (signal.aborted) {
        saveCheckpoint();
        throw signal.reason;
      }
    }
    const record = { key: cell.key, specification: cell.specification, value: state.value, provenance: { resumedAt } };
    writeAtomically(file('record'), JSON.stringify(record));
    rmSync(file('checkpoint'), { force: true });
    return record;
  };
};
