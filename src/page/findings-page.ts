import type { FindingsData, FindingsEntry, TextEntry } from '../studies/report/report-data';
import { block } from './blocks';
import { h } from './dom';
import { picture } from './picture';
import { sheetOf } from './sheet';

/** What a study found: sentences, figures, tables. */
export async function findingsPage({ block: name, title }: FindingsEntry): Promise<HTMLElement> {
  const { statements = [], figures, ...sheet } = await block<FindingsData>(name);
  return h(
    'section',
    { 'aria-labelledby': 'view-title' },
    h('h1', { id: 'view-title', tabindex: -1 }, title),
    statements.length > 0 &&
      h(
        'ul',
        { class: 'statements' },
        statements.map((statement) => h('li', {}, statement)),
      ),
    figures.map(picture),
    sheetOf(sheet),
  );
}

/** What another study presents, as terminals show it. */
export const textPage = ({ title, text }: TextEntry): HTMLElement =>
  h(
    'section',
    { 'aria-labelledby': 'view-title' },
    h('h1', { id: 'view-title', tabindex: -1 }, title),
    h('pre', { class: 'scroll', tabindex: 0 }, text),
  );
