import { SaxesParser } from 'saxes';

/** Names of the elements of an XML document, in order; throws where it is not well-formed. */
export function elementsOf(xml: string): string[] {
  const names: string[] = [];
  const parser = new SaxesParser();
  parser.on('opentag', ({ name }) => names.push(name));
  parser.on('error', (error) => {
    throw error;
  });
  parser.write(xml).close();
  return names;
}
