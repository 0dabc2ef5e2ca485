/**
 * A picture of ours, in one theme, whose style sheet is written out at its elements, for readers of SVG that know no classes.
 * Our style sheets have selectors of one tag, one class, or a tag with a class; later rules win, and those with a class win
 * over those of a tag alone (CSS 2.2, 6.4.3).
 */
export function withStyleAttributes(svg: string): string {
  const sheet = /<style>([\s\S]*?)<\/style>/.exec(svg)?.[1] ?? '';
  const rules = rulesOf(sheet);
  return svg
    .replace(/<style>[\s\S]*?<\/style>\n?/, '')
    .replace(/<([a-z]+)((?:\s[^<>]*?)?)(\/?)>/g, (whole, tag: string, attributes: string, end: string) => {
      const classes = /\sclass="([^"]*)"/.exec(attributes)?.[1]?.split(/\s+/) ?? [];
      const style = styleOf(rules, tag, classes);
      if (style.length === 0) return whole;
      return `<${tag}${attributes.replace(/\sclass="[^"]*"/, '')} style="${style.join(';')}"${end}>`;
    });
}

interface Rule {
  readonly tag?: string;
  readonly name?: string;
  readonly declarations: readonly (readonly [property: string, value: string])[];
}

const rulesOf = (sheet: string): Rule[] =>
  [...sheet.matchAll(/([^{}]+)\{([^{}]*)\}/g)].flatMap(([, selectors = '', body = '']) => {
    const declarations = body.split(';').flatMap((each): (readonly [string, string])[] => {
      const [property, ...value] = each.split(':');
      return property?.trim() ? [[property.trim(), value.join(':').trim().replaceAll('"', "'")]] : [];
    });
    return selectors.split(',').map((selector): Rule => {
      const [tag, name] = selector.trim().split('.');
      return { ...(tag && { tag }), ...(name && { name }), declarations };
    });
  });

function styleOf(rules: readonly Rule[], tag: string, classes: readonly string[]): string[] {
  const found = new Map<string, string>();
  const matching = rules.filter((rule) => (rule.tag ?? tag) === tag && (!rule.name || classes.includes(rule.name)));
  const weight = ({ tag: own, name }: Rule) => (name ? 2 : 0) + (own ? 1 : 0);
  for (const { declarations } of matching.toSorted((a, b) => weight(a) - weight(b)))
    for (const [property, value] of declarations) found.set(property, value);
  return [...found].map(([property, value]) => `${property}:${value}`);
}
