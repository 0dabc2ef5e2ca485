// One contestant as the runner sees it: a process that builds a row, then takes steps when told to.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** Building may compile for minutes (torch.compile on a slow machine). */
const longestAnswer = 10 * 60_000;

export class Contestant {
  constructor(command, words, environment) {
    this.errors = '';
    this.child = spawn(command, words, {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: { ...process.env, ...environment },
    });
    this.child.stderr.setEncoding('utf8').on('data', (text) => (this.errors = (this.errors + text).slice(-3000)));
    this.child.stdin.on('error', () => {}); // told by the process ending
    this.ended = new Promise((resolve) => this.child.once('error', resolve).once('exit', resolve));
    this.lines = createInterface({ input: this.child.stdout })[Symbol.asyncIterator]();
  }

  /** The next thing it says. Throws what it complained about when it ends or is silent for too long. */
  async hear() {
    let timer;
    const silence = new Promise((resolve) => (timer = setTimeout(resolve, longestAnswer, { done: true })));
    const { done, value } = await Promise.race([this.lines.next(), silence]).finally(() => clearTimeout(timer));
    if (!done) return JSON.parse(value);
    throw new Error(this.errors.trim().split('\n').slice(-3).join('\n') || 'it ended without a word');
  }

  async take(steps) {
    this.child.stdin.write(`${JSON.stringify({ steps })}\n`);
    return (await this.hear()).milliseconds;
  }

  async end() {
    this.child.stdin.end();
    const killer = setTimeout(() => this.child.kill('SIGKILL'), 5000);
    await this.ended;
    clearTimeout(killer);
  }
}
