/** The first of many names and how many more there are: "lstm, gru, rwkv and 2 more". */
export function fewNames(names: readonly string[], most = 3, separator = ', '): string {
  const told = names.slice(0, most).join(separator);
  return names.length > most ? `${told} and ${names.length - most} more` : told;
}
