import { citation } from '../core/citation';
import type { ReportIndex, ResultsEntry } from '../studies/report/report-data';
import { block } from './blocks';
import { cellPage } from './cell/cell-page';
import { h, type Child } from './dom';
import { findingsPage, textPage } from './findings-page';
import { leaderboardPage } from './leaderboard-page';
import { matrixPage } from './matrix/matrix-page';
import { addressOf, routeOf, type Route } from './route';
import { themeButton } from './theme';

/** The page of a report: what its address names, between a head that leads to everything else and nothing below. */
class Page {
  private readonly navigation = h('nav', { 'aria-label': 'Results' });
  private readonly main = h('main', { id: 'content', tabindex: -1 });
  private isFirst = true;

  constructor(private readonly index: ReportIndex) {
    document.body.append(
      h('a', { class: 'skip', href: '#content', onclick: (event) => this.skip(event) }, 'Skip to the content'),
      h(
        'header',
        {},
        h('a', { class: 'brand', href: addressOf(this.home()) }, index.title),
        this.navigation,
        themeButton(),
      ),
      this.main,
      h('footer', {}, `chomsky-zoo ${index.version}. To cite it: ${citation(index.version)}`),
    );
    addEventListener('hashchange', () => void this.show());
    void this.show();
  }

  private home(): Route {
    return { view: 'results', results: this.index.results[0]?.name ?? '' };
  }

  private skip(event: Event): void {
    event.preventDefault();
    this.main.focus();
  }

  private async show(): Promise<void> {
    const route = routeOf(location.hash) ?? this.home();
    const entry = this.index.results.find(({ name }) => name === route.results);
    this.navigation.replaceChildren(...this.links(route));
    const content = entry ? await contentOf(entry, route) : missing();
    if ((routeOf(location.hash) ?? this.home()).results !== route.results) return; // its reader went on meanwhile
    this.main.replaceChildren(content);
    const heading = content.querySelector('h1');
    document.title = [heading?.textContent, this.index.title].filter(Boolean).join(' · ');
    if (!this.isFirst) {
      scrollTo(0, 0);
      heading?.focus({ preventScroll: true });
    }
    this.isFirst = false;
    document.documentElement.dataset.ready = '';
  }

  /** A link for each folder of results, and behind the one that is looked at its views. */
  private links(route: Route): Child[] & Node[] {
    const { results } = this.index;
    return results.flatMap((entry): HTMLElement[] => {
      const isHere = entry.name === route.results;
      const whole = link(entry.name, { view: 'results', results: entry.name }, isHere && route.view === 'results');
      if (entry.kind !== 'grid') return [whole];
      const board: Route = { view: 'leaderboard', results: entry.name };
      return isHere ? [whole, link('leaderboard', board, route.view === 'leaderboard')] : [whole];
    });
  }
}

const link = (text: string, route: Route, isHere: boolean): HTMLElement =>
  h('a', { href: addressOf(route), 'aria-current': isHere ? 'page' : null }, text);

async function contentOf(entry: ResultsEntry, route: Route): Promise<HTMLElement> {
  if (entry.kind === 'findings') return findingsPage(entry);
  if (entry.kind === 'text') return textPage(entry);
  if (route.view === 'leaderboard') return leaderboardPage(entry);
  if (route.view === 'cell') return (await cellPage(entry, route)) ?? missing();
  return matrixPage(entry.name, entry.grid);
}

const missing = (): HTMLElement =>
  h(
    'section',
    {},
    h('h1', { tabindex: -1 }, 'Not in this report'),
    h('p', {}, 'Its address names nothing that was written here.'),
  );

void block<ReportIndex>('index').then((index) => new Page(index));
