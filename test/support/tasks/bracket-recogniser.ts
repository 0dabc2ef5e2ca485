/** Whether brackets (2 k opens, 2 k + 1 closes) vanish when matched neighbours are deleted again and again. */
export function isNested(word: readonly number[]): boolean {
  let rest = [...word];
  while (rest.length > 0) {
    const kept: number[] = [];
    for (let place = 0; place < rest.length; place++) {
      const isPair = rest[place]! % 2 === 0 && rest[place + 1] === rest[place]! + 1;
      if (isPair) place++;
      else kept.push(rest[place]!);
    }
    if (kept.length === rest.length) return false;
    rest = kept;
  }
  return true;
}

/** Well nested, and no prefix opens more than `depth` brackets that it does not close. */
export function isNestedTo(depth: number, word: readonly number[]): boolean {
  let open = 0;
  return isNested(word) && word.every((symbol) => (open += symbol % 2 === 0 ? 1 : -1) <= depth);
}
