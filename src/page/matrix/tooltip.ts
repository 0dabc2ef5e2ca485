import { h } from '../dom';
import type { CellWords } from './cell-words';

/** Says more of the cell that is pointed at or focused. What it says is in the name of the cell, too: readers need not hear it. */
export class Tooltip {
  readonly element = h('div', { class: 'tooltip', 'aria-hidden': 'true', hidden: true });

  show(of: Element, { name, outcome, scores, remarks }: CellWords): void {
    this.element.replaceChildren(
      h('strong', {}, name),
      h('span', { class: 'outcome' }, outcome),
      h(
        'dl',
        {},
        scores.map(({ kind, text }) => h('div', {}, h('dt', {}, kind), h('dd', {}, text))),
      ),
      ...remarks.map((remark) => h('span', { class: 'remark' }, remark)),
    );
    this.element.hidden = false;
    const [place, own] = [of.getBoundingClientRect(), this.element.getBoundingClientRect()];
    const left = Math.min(place.left + place.width / 2 - own.width / 2, innerWidth - own.width - 8);
    const below = place.bottom + 8 + own.height < innerHeight;
    this.element.style.left = `${Math.max(8, left)}px`;
    this.element.style.top = `${below ? place.bottom + 8 : Math.max(8, place.top - own.height - 8)}px`;
  }

  hide = (): void => {
    this.element.hidden = true;
  };
}
