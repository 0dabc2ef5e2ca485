/** Symbols that views are written with, and what stands for them in ASCII and in LaTeX. */
const symbols: Readonly<Record<string, { readonly ascii: string; readonly latex: string }>> = {
  '●': { ascii: '*', latex: '$\\bullet$' },
  '◕': { ascii: '+', latex: '$\\oplus$' },
  '◔': { ascii: 'o', latex: '$\\odot$' },
  '○': { ascii: '.', latex: '$\\circ$' },
  '✕': { ascii: 'x', latex: '$\\times$' },
  '†': { ascii: '@', latex: '$\\dagger$' },
  '‡': { ascii: '%', latex: '$\\ddagger$' },
  '§': { ascii: '&', latex: '\\S{}' },
  '✓': { ascii: 'v', latex: '$\\surd$' },
  '≠': { ascii: '/', latex: '$\\neq$' },
  '▲': { ascii: '#', latex: '\\textbf{!!}' },
  '◇': { ascii: '^', latex: '$\\diamond$' },
  '≈': { ascii: ':', latex: '$\\approx$' },
  '·': { ascii: '/', latex: '$\\cdot$' },
  '–': { ascii: '-', latex: '--' },
  '─': { ascii: '-', latex: '--' },
  '…': { ascii: '~', latex: '\\ldots{}' },
  /** As wide as a digit, so that numbers of a column stand under each other. */
  '\u2007': { ascii: ' ', latex: '\\phantom{0}' },
};
export const figureSpace = '\u2007';

const known = new RegExp(`[${Object.keys(symbols).join('')}]`, 'g');

/** The text with ASCII in place of our symbols. */
export const toAscii = (text: string): string => text.replace(known, (symbol) => symbols[symbol]!.ascii);

/** LaTeX of one of our symbols, or undefined. */
export const latexSymbol = (symbol: string): string | undefined => symbols[symbol]?.latex;
