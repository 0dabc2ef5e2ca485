import { h } from './dom';

type Theme = 'light' | 'dark';
const prefersDark = matchMedia('(prefers-color-scheme: dark)');
const root = document.documentElement;
const key = 'zoo-report-theme';

const current = (): Theme => (root.dataset.theme as Theme | undefined) ?? (prefersDark.matches ? 'dark' : 'light');

/** Browsers may keep nothing for pages from disk. */
function kept(): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}
function keep(theme: Theme): void {
  try {
    localStorage.setItem(key, theme);
  } catch {
    // chosen for as long as the page is open
  }
}

/** Changes between light and dark; until it is used the page follows the preference of its reader. */
export function themeButton(): HTMLElement {
  const known = kept();
  if (known === 'light' || known === 'dark') root.dataset.theme = known;
  const button = h('button', { type: 'button', class: 'theme', onclick: () => toggle() });
  const tell = () => {
    const other = current() === 'dark' ? 'light' : 'dark';
    button.textContent = other === 'dark' ? '☾' : '☀';
    button.setAttribute('aria-label', `Show in ${other} colours`);
    button.title = `Show in ${other} colours`;
  };
  const toggle = () => {
    root.dataset.theme = current() === 'dark' ? 'light' : 'dark';
    keep(root.dataset.theme as Theme);
    tell();
  };
  prefersDark.addEventListener('change', tell);
  tell();
  return button;
}
