import { readFileSync } from 'node:fs';
import type { Palette, Theme } from '../core/contracts/view';
import { luminance, type Colour } from '../report/colour';
import type { Io } from './io';

/** Terminals that know the question answer within a few milliseconds, over a network within some more. */
const longestWait = 200;
/** "Which colour is your background?" (xterm, OSC 11), and one that every terminal answers (DA1): then all is said. */
const question = '\x1b]11;?\x1b\\\x1b[c';
const lastAnswer = /\x1b\[\?[\d;]*c/;

/** The colours of a terminal for the background that is asked for, or that it has. */
export async function paletteFor(palette: Palette, theme: Theme, io: Io): Promise<Palette> {
  if (palette === 'none' || palette.endsWith('on-light')) return palette;
  const background = theme === 'auto' ? await backgroundOf(io) : theme;
  return background === 'light' ? (`${palette}-on-light` as Palette) : palette;
}

/** What the terminal says of its background, in COLORFGBG or when it is asked; undefined where it says nothing. */
async function backgroundOf(io: Io): Promise<'light' | 'dark' | undefined> {
  const told = backgroundTold(io.environment.COLORFGBG);
  if (told || !canBeAsked(io)) return told;
  return backgroundIn(await answerOf(io));
}

/** "0;15": the last number is the background's, of the 16 basic colours. */
export function backgroundTold(colours: string | undefined): 'light' | 'dark' | undefined {
  const code = /;(\d+)$/.exec(colours ?? '')?.[1];
  if (code === undefined) return undefined;
  return Number(code) === 7 || Number(code) > 8 ? 'light' : 'dark';
}

/** Of an answer such as "]11;rgb:ffff/fafa/f0f0": its half of the scale of lightness. */
export function backgroundIn(answer: string): 'light' | 'dark' | undefined {
  const channels = /\]11;rgba?:([\da-f]+)\/([\da-f]+)\/([\da-f]+)/i.exec(answer)?.slice(1);
  if (!channels) return undefined;
  const colour = channels.map((digits) => (255 * parseInt(digits, 16)) / (16 ** digits.length - 1));
  return luminance(colour as unknown as Colour) > 0.18 ? 'light' : 'dark'; // 0.18 looks half as light as white
}

type Input = Io['stdin'] & { readonly isTTY?: boolean; setRawMode?(on: boolean): unknown };

const canBeAsked = ({ stdin, stdout, environment }: Io): boolean =>
  Boolean((stdin as Input).isTTY && (stdin as Input).setRawMode && stdout.isTTY) &&
  environment.TERM !== 'dumb' &&
  !environment.CI &&
  isInForeground();

/** A process in the background is stopped when it sets up its terminal. Linux tells; elsewhere nothing is asked. */
function isInForeground(): boolean {
  try {
    const [, group, , , foreground] = readFileSync('/proc/self/stat', 'utf8')
      .replace(/^.*\) \S /s, '')
      .split(' ');
    return group === foreground;
  } catch {
    return false;
  }
}

/** Everything the terminal sends until it has answered both questions, or has had time to. */
function answerOf({ stdin, stdout }: Io): Promise<string> {
  const input = stdin as Input;
  return new Promise((resolve) => {
    let heard = '';
    const finish = () => {
      clearTimeout(timer);
      input.off('data', hear).pause();
      input.setRawMode!(false);
      resolve(heard);
    };
    const hear = (part: Buffer | string) => {
      heard += part.toString();
      if (lastAnswer.test(heard)) finish();
    };
    const timer = setTimeout(finish, longestWait);
    input.setRawMode!(true);
    input.on('data', hear).resume();
    stdout.write(question);
  });
}
