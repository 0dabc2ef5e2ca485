const known = new Map<string, Promise<unknown>>();

/** A block of data of the page, unpacked when it is first asked for. */
export function block<T>(name: string): Promise<T> {
  const asked = known.get(name) ?? unpacked(document.getElementById(name)!.textContent!);
  known.set(name, asked);
  return asked as Promise<T>;
}

/** Base64 of gzip of JSON. */
async function unpacked(text: string): Promise<unknown> {
  const characters = atob(text);
  const bytes = new Uint8Array(characters.length);
  for (let at = 0; at < bytes.length; at++) bytes[at] = characters.charCodeAt(at);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Response(stream).json();
}
