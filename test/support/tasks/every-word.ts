/** Every word of a length over the ids 0..symbols-1, in order: word number i is i written in base `symbols`. */
export function everyWord(symbols: number, length: number): number[][] {
  return Array.from({ length: symbols ** length }, (_, code) => {
    const word = new Array<number>(length);
    for (let place = length - 1; place >= 0; place--) {
      word[place] = code % symbols;
      code = Math.floor(code / symbols);
    }
    return word;
  });
}

/** The number of a word in that list. */
export const wordNumber = (word: readonly number[], symbols: number): number =>
  word.reduce((code, symbol) => code * symbols + symbol, 0);
