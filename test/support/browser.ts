import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type Browser, type Page } from 'playwright-core';

const places = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'].map(
  (name) => `/usr/bin/${name}`,
);

/** A browser of the system; undefined where there is none, and what needs one is skipped. */
export const browserPath = [process.env.ZOO_BROWSER, ...places].find((path) => path && existsSync(path));

/** Tests of what runs in a browser; skipped, and said to be, without one. */
export const describeInBrowser = browserPath ? describe : describe.skip;

/** A page that was opened, and what went wrong in it. */
export interface Opened {
  readonly page: Page;
  /** Errors and warnings of its console. */
  readonly complaints: readonly string[];
  readonly requests: readonly string[];
}

export interface Looks {
  readonly width?: number;
  readonly height?: number;
  readonly colours?: 'light' | 'dark';
  readonly address?: string;
}

/** One browser for all tests of a file; pages are written to disk and opened from there. */
export class PagesFromDisk {
  private browser?: Browser;
  private readonly folder = mkdtempSync(join(tmpdir(), 'zoo-page-'));

  async start(): Promise<void> {
    this.browser = await chromium.launch({ executablePath: browserPath, args: ['--no-sandbox'] });
  }

  async stop(): Promise<void> {
    await this.browser?.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  async open(
    html: string,
    { width = 1400, height = 900, colours = 'light', address = '' }: Looks = {},
  ): Promise<Opened> {
    const file = join(this.folder, 'page.html');
    writeFileSync(file, html);
    const context = await this.browser!.newContext({ viewport: { width, height }, colorScheme: colours });
    const page = await context.newPage();
    const [complaints, requests]: [string[], string[]] = [[], []];
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('request', (request) => requests.push(request.url()));
    await page.goto(pathToFileURL(file).href + address);
    page.setDefaultTimeout(10_000);
    await page.waitForSelector('html[data-ready]');
    return { page, complaints, requests };
  }
}

const axe = () => readFileSync(createRequire(__filename).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds wrong with a page, a line each; by these of its rules, or all. */
export async function violationsOf(page: Page, rules?: readonly string[]): Promise<string[]> {
  const found = await page.evaluate<{ violations: { id: string; nodes: { html: string }[] }[] }>(
    `${axe()};axe.run(${rules ? JSON.stringify({ runOnly: rules }) : ''})`,
  );
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]!.html.slice(0, 200)}`);
}
