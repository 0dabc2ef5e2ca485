/** What runs this, with its version: Node.js, Bun or Deno, which all call themselves Node.js as well. */
export function runtime(versions: Readonly<Record<string, string | undefined>> = process.versions): string {
  const name = ['bun', 'deno'].find((each) => versions[each]) ?? 'node';
  return `${name} ${versions[name]}`;
}
