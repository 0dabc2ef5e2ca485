/** What stands inside an element; nothing is left out. */
export type Child = Node | string | number | null | undefined | false | readonly Child[];

type Attributes = Readonly<
  Record<string, string | number | boolean | null | undefined | ((event: Event & { readonly key?: string }) => void)>
>;

/** An element with attributes; those that begin with `on` are listeners, and what is false, null or undefined is left out. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(name.slice(2), value as EventListener);
    else if (value !== false && value !== null && value !== undefined)
      element.setAttribute(name, value === true ? '' : String(value));
  }
  append(element, children);
  return element;
}

export function append(parent: Element | DocumentFragment, children: readonly Child[]): void {
  for (const child of children) {
    if (Array.isArray(child)) append(parent, child as readonly Child[]);
    else if (child !== false && child !== null && child !== undefined)
      parent.append(child instanceof Node ? child : String(child));
  }
}

const svgSpace = 'http://www.w3.org/2000/svg';

const drawn = new Map<string, SVGElement>();

/** Markup that our own drawing functions made, as an SVG element of its own that readers pass over. */
export function svg(
  markup: string,
  { size, className }: { readonly size: number; readonly className: string },
): SVGElement {
  const key = `${className} ${size} ${markup}`;
  const known = drawn.get(key) ?? element(markup, size, className);
  drawn.set(key, known);
  return known.cloneNode(true) as SVGElement; // parsed once: a large grid has thousands
}

function element(markup: string, size: number, className: string): SVGElement {
  const made = document.createElementNS(svgSpace, 'svg');
  const half = size / 2;
  made.setAttribute('viewBox', `${-half} ${-half} ${size} ${size}`);
  made.setAttribute('class', className);
  made.setAttribute('aria-hidden', 'true');
  made.innerHTML = markup;
  return made;
}
