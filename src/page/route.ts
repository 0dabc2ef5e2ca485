/** What of the report is looked at; written behind the `#` of its address, so that it can be linked. */
export type Route =
  | { readonly view: 'results'; readonly results: string }
  | { readonly view: 'leaderboard'; readonly results: string }
  | { readonly view: 'cell'; readonly results: string; readonly row: string; readonly column: string };

export function addressOf(route: Route): string {
  const parts = [
    route.results,
    ...(route.view === 'leaderboard' ? ['leaderboard'] : []),
    ...(route.view === 'cell' ? ['cell', route.row, route.column] : []),
  ];
  return `#/${parts.map(encodeURIComponent).join('/')}`;
}

/** Null for an address that means nothing. */
export function routeOf(address: string): Route | null {
  let parts: string[];
  try {
    parts = address.replace(/^#\/?/, '').split('/').map(decodeURIComponent);
  } catch {
    return null;
  }
  const [results, view, row, column] = parts;
  if (!results) return null;
  if (view === undefined) return { view: 'results', results };
  if (view === 'leaderboard') return { view: 'leaderboard', results };
  return view === 'cell' && row && column ? { view: 'cell', results, row, column } : null;
}
