import { figuresSvg } from '../report/figure/figure-svg';
import type { Figure } from '../report/figure/figure';
import { h } from './dom';

let pictures = 0;

/**
 * A figure as `zoo` draws it, in the colours of the page: its own style sheet is left out, since a page has another where its
 * reader chose light or dark.
 */
export function picture(figure: Figure): HTMLElement {
  const parsed = new DOMParser().parseFromString(figuresSvg([figure], figure.title), 'image/svg+xml');
  const drawing = document.importNode(parsed.documentElement, true);
  drawing.querySelector('style')?.remove();
  drawing.querySelector('rect.page')?.remove();
  const number = pictures++;
  for (const id of ['title', 'description']) drawing.querySelector(`#${id}`)!.id = `${id}-${number}`;
  drawing.setAttribute('aria-labelledby', `title-${number} description-${number}`);
  drawing.querySelector(`#title-${number}`)!.textContent = figure.title;
  return h('figure', { class: 'scroll', tabindex: 0, 'aria-label': figure.title }, drawing);
}
