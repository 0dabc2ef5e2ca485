import { Writable } from 'node:stream';

/** A terminal's screen: understands what a redrawn view writes, so that a test sees what a person would. */
export class Screen extends Writable {
  readonly isTTY = true;
  readonly rows = 24;
  cursorVisible = true;
  private readonly lines: string[] = [''];
  private row = 0;
  private column = 0;

  constructor(readonly columns = 100) {
    super({ decodeStrings: false });
  }

  getColorDepth = (): number => 24;

  /** Lines as they stand, without the empty ones at the end. */
  get text(): string {
    return this.lines
      .map((line) => line.trimEnd())
      .join('\n')
      .trimEnd();
  }

  override _write(chunk: string, _encoding: string, done: () => void): void {
    for (const piece of chunk.match(/\x1b\[[?0-9;]*[A-Za-z]|[^]/gu) ?? []) this.put(piece);
    done();
  }

  private put(piece: string): void {
    const [, argument, command] = /^\x1b\[([?0-9;]*)([A-Za-z])$/.exec(piece) ?? [];
    if (command === 'A') this.row -= Number(argument || 1);
    else if (command === 'G') this.column = Number(argument || 1) - 1;
    else if (command === 'K') this.lines[this.row] = '';
    else if (command === 'J') this.lines.splice(this.row, Infinity, (this.lines[this.row] ?? '').slice(0, this.column));
    else if (argument === '?25') this.cursorVisible = command === 'h';
    else if (piece === '\n') [this.row, this.column] = [this.row + 1, 0];
    else if (command === undefined) {
      const line = (this.lines[this.row] ?? '').padEnd(this.column);
      this.lines[this.row] = line.slice(0, this.column) + piece + line.slice(this.column + 1);
      this.column++;
    } else if (command !== 'm') throw new Error(`the screen does not know ${JSON.stringify(piece)}`);
    this.lines[this.row] ??= '';
  }
}

/** A clock that a test moves. */
export class ManualClock {
  private now = 0;
  milliseconds = (): number => this.now;
  timestamp = (): string => new Date(this.now).toISOString();
  advance(seconds: number): void {
    this.now += seconds * 1000;
  }
}
