import { commandsOf, checkWords, conditionWords, findingWords, sourceWords } from '../studies/claims/wording';
import type { JudgedClaim } from '../studies/claims/judge';
import { flow } from '../report/width';
import type { Context } from './io';

/** Of lines where nothing says how wide the terminal is. */
const usualWidth = 80;
const widest = 100;

/** The whole of a claim. */
export function claimLines(judged: JudgedClaim, context: Context): string[] {
  const { claim, verdict, conditions, tried } = judged;
  const { bold, dim } = context.colors;
  const width = Math.min(context.terminal.width ?? usualWidth, widest);
  const paragraph = (text: string, indent = '  ') =>
    flow(text.split(' '), width - indent.length, ' ').map((line) => `${indent}${line}`);
  const section = (heading: string, lines: readonly string[]) => (lines.length ? ['', bold(heading), ...lines] : []);
  const item = (text: string, indent: string) =>
    paragraph(text, `${indent}  `).map((line, at) => (at === 0 ? `${indent}- ${line.slice(indent.length + 2)}` : line));
  return [
    `${bold(`${claim.id}. ${claim.title}`)}  ${bold(verdict)}`,
    '',
    ...paragraph(claim.statement, ''),
    ...section(
      'Sources',
      claim.sources.flatMap((source) => item(sourceWords({ ...claim, sources: [source] }), '  ')),
    ),
    ...section('Setting', paragraph(claim.setting)),
    ...section('Why it is not compared', claim.notComparable === undefined ? [] : paragraph(claim.notComparable)),
    ...section('Not tested', claim.notTested === undefined ? [] : paragraph(claim.notTested)),
    ...section(
      'What has to hold',
      conditions.flatMap(({ condition, checks }) => [
        ...item(`${conditionWords(condition)} (${condition.because})`, '  '),
        ...checks.flatMap((check) => paragraph(checkWords(check, condition), '      ')),
      ]),
    ),
    ...section(
      'Tried besides',
      tried.flatMap(({ attempt, findings }) => [
        ...item(attempt.what, '  '),
        ...findings.flatMap((finding) => paragraph(findingWords(finding, attempt), '      ')),
      ]),
    ),
    ...section(
      'Again',
      commandsOf(judged).flatMap((command) => paragraph(command).map((line) => dim(line))),
    ),
  ];
}
