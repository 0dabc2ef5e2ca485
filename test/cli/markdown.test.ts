import { renderMarkdown } from '../../src/cli/markdown';
import { Context, type Io } from '../../src/cli/io';

const context = (environment: Record<string, string> = {}) =>
  new Context({
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    environment,
    workingFolder: '/',
    onInterrupt: () => () => {},
  } satisfies Io);

it.each([
  ['# Title', 'Title'],
  ['---\nid: x\n---\n# Title', 'Title'],
  ['a `code` and **strong** word', 'a code and strong word'],
  ['see [the paper](https://arxiv.org/abs/1) and [here](page.md)', 'see the paper (https://arxiv.org/abs/1) and here'],
  ['```sh\nzoo **run**\n```\nafter', '  zoo **run**\nafter'],
  ['| a | b |\n|---|---|\n| 1 | 2 |', '| a | b |\n|---|---|\n| 1 | 2 |'],
])('%j reads %j', (page, shown) => {
  expect(renderMarkdown(page, context({ NO_COLOR: '1' }))).toBe(shown);
});

it('marks headings and code by colour where there is any', () => {
  const shown = renderMarkdown('# Title\n\n`code`', context({ FORCE_COLOR: '1' }));
  expect(shown).toContain('\x1b[1m');
  expect(shown).toContain('\x1b[36mcode\x1b[39m');
});
