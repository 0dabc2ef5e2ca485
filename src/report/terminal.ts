import type { Palette } from '../core/contracts/view';

/** What somebody who looks at an output stream can see. */
export interface Terminal {
  /** Whether text may be bold, dim or one of the basic colours. */
  readonly hasColours: boolean;
  readonly palette: Palette;
  /** Columns; undefined where the output goes to a file or a pipe. */
  readonly width?: number;
}

interface OutputStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  getColorDepth?(environment?: object): number;
}
type Environment = Readonly<Record<string, string | undefined>>;

/** The one place that decides about colours and width: for commands, for views and for the progress of a run. */
export function terminalOf(stream: OutputStream, environment: Environment): Terminal {
  const depth = colourDepth(stream, environment);
  return {
    hasColours: depth > 1,
    palette: depth >= 24 ? 'truecolor' : depth >= 8 ? 'ansi256' : 'none',
    ...(stream.isTTY && stream.columns && { width: stream.columns }),
  };
}

/**
 * Bits of colour. FORCE_COLOR wins: 0 for none, 3 for 24 bits, else 256 colours. Then NO_COLOR, dumb terminals, files and
 * pipes have none. Node.js knows the other terminals from their environment; streams that cannot say have 16 colours.
 */
function colourDepth(stream: OutputStream, environment: Environment): number {
  const { FORCE_COLOR: forced, NO_COLOR, TERM } = environment;
  if (forced) return forced === '0' || forced === 'false' ? 1 : forced === '3' ? 24 : 8;
  if (NO_COLOR || TERM === 'dumb' || !stream.isTTY) return 1;
  return stream.getColorDepth?.(environment) ?? 4;
}
