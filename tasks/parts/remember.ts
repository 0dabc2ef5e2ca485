/** The same function, which keeps its latest answers: a language is named many times before it is measured. */
export function remembering<Answer>(answer: (text: string) => Answer, most = 4): (text: string) => Answer {
  const known = new Map<string, Answer>();
  return (text) => {
    const found = known.has(text) ? known.get(text)! : answer(text);
    known.delete(text);
    known.set(text, found);
    if (known.size > most) known.delete(known.keys().next().value!);
    return found;
  };
}
