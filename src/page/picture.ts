import { figuresSvg } from '../report/figure/figure-svg';
import type { Figure } from '../core/contracts/figure';
import { h } from './dom';

let pictures = 0;
/** Of a picture of its own; a page has margins already. */
const margin = 22;

/**
 * A figure as `zoo` draws it, in the colours of the page: its own style sheet is left out, since a page has another where its
 * reader chose light or dark.
 */
export function picture(figure: Figure): HTMLElement {
  const markup = figuresSvg([figure], figure.title).replace(/<style>.*?<\/style>/s, '');
  const parsed = new DOMParser().parseFromString(markup, 'image/svg+xml');
  const drawing = document.importNode(parsed.documentElement, true);
  drawing.querySelector('rect.page')?.remove();
  const [, , width = 0, height = 0] = drawing.getAttribute('viewBox')!.split(' ').map(Number);
  drawing.setAttribute('viewBox', `${margin} ${margin} ${width - 2 * margin} ${height - 2 * margin}`);
  drawing.setAttribute('width', String(width - 2 * margin));
  drawing.removeAttribute('height');
  const number = pictures++;
  for (const id of ['title', 'description']) drawing.querySelector(`#${id}`)!.id = `${id}-${number}`;
  drawing.setAttribute('aria-labelledby', `title-${number} description-${number}`);
  drawing.querySelector(`#title-${number}`)!.textContent = figure.title;
  return h('figure', { class: 'scroll', tabindex: 0, 'aria-label': figure.title }, drawing);
}
