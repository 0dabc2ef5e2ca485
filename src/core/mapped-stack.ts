import { SourceMap } from 'node:module';

/** Code that was compiled while it was loaded, by its file: what its positions were in the source. */
const maps = new Map<string, SourceMap>();

const inlineMap = /\/\/# sourceMappingURL=data:application\/json;[^,\n]*base64,([A-Za-z0-9+/=]+)\s*$/;

/** Keeps the source map at the end of compiled code, for `mappedStack`. */
export function rememberSource(file: string, code: string): void {
  const [, encoded] = inlineMap.exec(code) ?? [];
  if (encoded) maps.set(file, new SourceMap(JSON.parse(Buffer.from(encoded, 'base64').toString('utf8'))));
}

/** A stack whose places in code that was compiled while it was loaded are those of its source. */
export function mappedStack(stack: string): string {
  let mapped = stack;
  for (const [file, map] of maps) {
    if (!mapped.includes(file)) continue; // a name may hold spaces and brackets
    const [first = '', ...rest] = mapped.split(`${file}:`);
    mapped = [first, ...rest.map((text) => placed(map, text))].join(`${file}:`);
  }
  return mapped;
}

/** `line:column` at the start of a text, in the source. */
function placed(map: SourceMap, text: string): string {
  const [place, line, column] = /^(\d+):(\d+)/.exec(text) ?? [];
  if (place === undefined) return text;
  const entry = map.findEntry(Number(line) - 1, Number(column) - 1);
  if (!('originalLine' in entry)) return text;
  return `${entry.originalLine + 1}:${entry.originalColumn + 1}${text.slice(place.length)}`;
}

/** The first place of a stack that is in a file below `folder`, and in no package installed there. */
export function placeIn(stack: string, folder: string): string | undefined {
  const places = [...stack.matchAll(/^\s+at (?:.*\()?(?:file:\/\/)?(.+:\d+:\d+)\)?$/gm)].map(([, place]) => place!);
  return places.find((place) => place.startsWith(folder) && !place.slice(folder.length).includes('node_modules'));
}
