import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { packageRoot } from '../../src/core/package';
import { printableColoured } from '../../src/report/printable';
import { Report } from '../../src/studies/report/page-of-results';
import type { ReplayBundle } from '../../src/evaluation/replay/bundle';
import { replay } from '../../src/evaluation/replay/replay';
import { ensureBuilt } from '../support/built';
import { describeInBrowser, PagesFromDisk, violationsOf, type Looks } from '../support/browser';
import { tinyExperiment, workingFolder, zoo } from '../support/cli';
import { makeMatrix, smallMatrix } from '../support/matrix';

const results = (name: string) => join(packageRoot, 'results', name);

describeInBrowser('the page of a report, in a browser', () => {
  const pages = new PagesFromDisk();
  const folder = workingFolder();
  let shipped = '';
  beforeAll(async () => {
    await Promise.all([pages.start(), ensureBuilt()]);
    shipped = (await zoo(['report', results('quick'), results('claims'), results('recurrence')])).stdout;
  });
  afterAll(() => pages.stop());

  const open = (looks: Looks = {}, html = shipped) => pages.open(html, looks);
  const rowNames = 'table.matrix tbody th button';

  test('is printed as it is: its policy lets no other program run', () =>
    expect(printableColoured(shipped)).toBe(shipped));

  test('opens from disk with one request and nothing to complain of', async () => {
    const { page, complaints, requests } = await open();
    expect(await page.locator('table.matrix td a').count()).toBe(60);
    expect(await page.title()).toBe('Matrix: quick · Which architecture can compute what?');
    for (const address of ['#/claims', '#/claims/leaderboard', '#/quick/cell/cot-transformer/parity', '#/recurrence']) {
      await page.evaluate(`location.hash = '${address}'`);
      await page.locator(`nav a[aria-current][href="${address}"], .back`).first().waitFor();
    }
    expect(requests).toHaveLength(1);
    expect(complaints).toEqual([]);
  });

  test('orders rows by a column, and columns by a row', async () => {
    const { page } = await open();
    await page.getByRole('button', { name: 'brackets' }).click();
    expect((await page.locator(rowNames).allTextContents()).slice(0, 4)).toEqual([
      'ceiling',
      'oracle',
      'stack-rnn',
      'lstm',
    ]);
    expect(await page.locator('thead th[aria-sort=descending]').allTextContents()).toEqual(['brackets']);
    await page.getByRole('button', { name: 'transformer', exact: true }).click();
    const columns = page.locator('table.matrix thead tr:last-child th');
    expect((await columns.allTextContents()).slice(0, 2)).toEqual(['counting', 'reversal']);
    await page.getByLabel('Rows', { exact: true }).selectOption('by similarity');
    expect((await page.locator(rowNames).allTextContents()).sort()).toHaveLength(12);
  });

  test('shows the rows, columns, levels and sizes that are asked for', async () => {
    const { page } = await open();
    await page.getByLabel('Find rows').fill('transformer');
    await page.getByLabel('Baselines').uncheck();
    expect(await page.locator(rowNames).allTextContents()).toEqual([
      'transformer',
      'linear-transformer',
      'cot-transformer',
    ]);
    await page.getByText('All levels').click();
    await page.getByLabel('counter', { exact: true }).check();
    await page.getByLabel('regular', { exact: true }).check();
    expect(await page.locator('table.matrix thead tr:last-child th').allTextContents()).toEqual(['parity', 'counting']);
    expect(await page.locator('.status').textContent()).toBe('3 of 12 rows, 2 of 5 columns');
    await page.getByLabel('Family').selectOption('transformer');
    expect(await page.locator(rowNames).allTextContents()).toEqual(['transformer', 'cot-transformer']);
    await page.getByLabel('Find rows').fill('no such row');
    await page.getByRole('button', { name: 'Show all' }).click();
    expect(await page.locator(rowNames).count()).toBe(12);
  });

  test('a cell is opened by a click, and by the keyboard alone', async () => {
    const { page } = await open();
    await page.locator('a[href="#/quick/cell/lstm/counting"]').click();
    await page.locator('section.cell').waitFor();
    const heading = page.getByRole('heading', { level: 1 });
    expect(await heading.textContent()).toBe('lstm × counting');
    expect(await page.locator('figure svg').count()).toBe(2);
    await page.getByLabel('of each seed').check();
    expect(await page.locator('figure').first().textContent()).toContain('seed 3');
    expect(await page.locator('.command code').first().textContent()).toBe("zoo run quick --only 'lstm x counting'");

    await page.getByRole('link', { name: '← matrix of quick' }).click();
    await page.locator('table.matrix td a[tabindex="0"]').focus(); // waits for the matrix
    for (const key of ['ArrowDown', 'ArrowRight', 'End', 'ArrowUp', 'Home', 'ArrowDown'])
      await page.keyboard.press(key);
    expect(await page.locator('.tooltip').textContent()).toContain('linear-transformer × parity');
    await page.keyboard.press('Escape');
    expect(await page.locator('.tooltip').isVisible()).toBe(false);
    await page.keyboard.press('Enter');
    await page.locator('section.cell').waitFor();
    expect(await heading.textContent()).toBe('linear-transformer × parity');
    expect(await page.evaluate('document.activeElement.tagName')).toBe('H1');
  });

  test('says so where an address means nothing', async () => {
    const { page } = await open({ address: '#/quick/cell/lstm/no-such-column' });
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Not in this report');
  });

  test('colours follow the preference of its reader until another is chosen', async () => {
    const { page } = await open({ colours: 'dark' });
    const background = () => page.evaluate('getComputedStyle(document.documentElement).backgroundColor');
    expect(await background()).toBe('rgb(15, 21, 30)');
    await page.getByRole('button', { name: 'Show in light colours' }).click();
    expect(await background()).toBe('rgb(255, 255, 255)');
  });

  test('colours show skill, exact match or single symbols', async () => {
    const { page } = await open();
    const first = page.locator('table.matrix tbody tr').nth(6).locator('td').first().locator('.tile').first();
    expect(await first.textContent()).toBe('0');
    await page.getByLabel('Colour', { exact: true }).selectOption('exact match');
    expect(await first.textContent()).toBe('50');
  });

  test.each(['light', 'dark'] as const)('axe finds nothing wrong in %s colours', async (colours) => {
    const of = colours === 'dark' ? ['color-contrast'] : undefined; // nothing else depends on them
    const { page } = await open({ colours });
    expect(await violationsOf(page, of)).toEqual([]);
    for (const density of ['medium', 'compact']) {
      await page.getByText(density, { exact: true }).click();
      expect(await violationsOf(page, of)).toEqual([]);
    }
    for (const address of ['#/claims/cell/lstm/parity', '#/quick/leaderboard', '#/recurrence']) {
      await page.evaluate(`document.querySelector('h1').remove(); location.hash = '${address}'`);
      await page.locator('h1').waitFor({ state: 'attached' });
      expect(await violationsOf(page, of)).toEqual([]);
    }
  });

  test('tables of the leaderboard are ordered by any column', async () => {
    const { page } = await open({ address: '#/quick/leaderboard' });
    const overall = page.locator('table').first();
    await overall.getByRole('button', { name: 'solves', exact: true }).click();
    expect(await overall.locator('tbody tr').first().textContent()).toContain('(ceiling)');
    await overall.getByRole('button', { name: 'solves', exact: true }).click();
    expect(await overall.locator('th[aria-sort=ascending]').textContent()).toBe('solves');
  });

  test('no page is wider than a telephone', async () => {
    for (const address of ['', '#/claims/cell/lstm/parity', '#/quick/leaderboard', '#/recurrence']) {
      const { page } = await open({ width: 390, height: 844, address });
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
    }
  });

  test('55 rows and 74 columns are on one screen, with names that can be read', async () => {
    const rows = Array.from({ length: 55 }, (_, at) => `architecture-${at}`);
    const tasks = Array.from({ length: 74 }, (_, at) => `task-of-a-kind-${at}`);
    const matrix = makeMatrix(
      {
        architectures: rows,
        baselines: ['uniform', 'majority', 'look-up', 'position-table', 'ceiling', 'oracle'],
        tasks: tasks.map((task) => [task, 'regular'] as const),
        seeds: [1],
      },
      rows.flatMap((architecture, y) =>
        tasks.map((task, x) => ({ architecture, task, inRange: (x + y) / 130, near: x / 80, far: y / 80 })),
      ),
    );
    const { page } = await open({ width: 1600, height: 1000 }, new Report().addMatrix(matrix).page());
    const box = await page.locator('table.matrix').boundingBox();
    expect(box!.x + box!.width).toBeLessThanOrEqual(1600);
    expect(box!.y + box!.height).toBeLessThanOrEqual(1000);
    const isWhole = await page.evaluate(
      `(() => { const place = document.querySelector('.place > .scroll'); return [place.scrollWidth <= place.clientWidth, place.scrollHeight <= place.clientHeight]; })()`,
    );
    expect(isWhole).toEqual([true, true]);
    const font = await page.evaluate(`getComputedStyle(document.querySelector('${rowNames}')).fontSize`);
    expect(parseFloat(font as string)).toBeGreaterThanOrEqual(10.5);
  });

  test('a cell whose weights were kept answers as it does elsewhere', async () => {
    const { path } = folder;
    folder.write('tiny.json', tinyExperiment);
    await zoo(['run', 'tiny.json', '--keep', 'weights', '--workers', '0'], { workingFolder: path });
    const html = (await zoo(['report', 'tiny'], { workingFolder: path })).stdout;
    const [, packed] = [...html.matchAll(/<script type="text\/plain" id="b\d+">([^<]*)</g)]
      .map(([, block]) => JSON.parse(gunzipSync(Buffer.from(block!, 'base64')).toString()) as object)
      .filter((block): block is ReplayBundle => 'parameters' in block && 'task' in block)
      .map((bundle) => [bundle, replay(bundle)] as const)[0]!;
    const inputs = Array.from({ length: 100 }, (_, at) => [...(at + 2).toString(2)].slice(0, packed.bundle.longest));
    const { page, complaints } = await open({ address: '#/tiny/cell/lstm/parity' }, html);
    const answered: unknown[] = [];
    for (const input of inputs) {
      await page.getByLabel('Input, symbols apart').fill(input.join(' '));
      await page.getByRole('button', { name: 'Answer' }).click();
      answered.push(await page.locator('output[name=answer]').textContent());
    }
    expect(answered).toEqual(inputs.map((input) => packed.answer(input).answer.join(' ')));
    await page.getByLabel('Input, symbols apart').fill('1 x');
    await page.keyboard.press('Enter');
    expect(await page.locator('.answer').textContent()).toContain('"x" is none of the symbols 0 1');
    expect(await violationsOf(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  test('grids without cells, and cells without scores, are shown as what they are', async () => {
    const report = new Report()
      .addMatrix(makeMatrix({ architectures: [], baselines: [], tasks: [], seeds: [1] }, []))
      .addMatrix(smallMatrix());
    const { page, complaints } = await open({}, report.page('<b>names</b> & "more"'));
    expect(await page.locator('.nothing').textContent()).toContain('This grid has no cells.');
    expect(await page.locator('.brand').textContent()).toBe('<b>names</b> & "more"');
    await page.locator('nav a').last().click();
    await page.getByRole('link', { name: 'not run' }).first().click();
    expect(await page.locator('.outcome').textContent()).toContain('not run');
    expect(complaints).toEqual([]);
  });
});
