import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../core/package';
import { readCatalogue } from '../literature/claim-catalogue';
import { markdownText } from '../report/markdown';
import { recordsOfClaims } from '../run/claims/claim-records';
import { judge, type JudgedClaim } from '../studies/claims/judge';
import { countWords } from '../studies/claims/sheet';
import { checkWords, commandsOf, conditionWords, findingWords, sourceWords } from '../studies/claims/wording';

export const claimsPage = 'docs/claims.md';

/** What `docs/claims.md` has between its marks: every claim with what the shipped records say of it. */
export async function claimsTable(): Promise<string> {
  const claims = readCatalogue();
  const locate = (folder: string) => [join(packageRoot, folder)].find((path) => existsSync(path));
  const recordsOf = await recordsOfClaims(claims, locate);
  const judged = claims.map((claim) => judge(claim, recordsOf));
  return [`${countWords(judged)}.`, overview(judged), ...judged.map(whole)].join('\n\n');
}

function overview(judged: readonly JudgedClaim[]): string {
  const rows = judged.map((each) => {
    const { claim, verdict } = each;
    const marked = claim.notTested === undefined ? verdict : `${verdict}, in part`;
    return `| ${claim.id} | ${markdownText(claim.title)} | ${sourceNames(each)} | ${marked} |`;
  });
  return ['| | claim | source | verdict |', '| ---: | --- | --- | --- |', ...rows].join('\n');
}

const sourceNames = ({ claim }: JudgedClaim): string =>
  [...new Set(claim.sources.map(({ authors }) => markdownText(authors)))].join('; ');

/** The claim as `zoo claims NUMBER` tells it. */
function whole(judged: JudgedClaim): string {
  const { claim, verdict, conditions, tried } = judged;
  const commands = commandsOf(judged);
  const blocks = [
    `### ${claim.id}. ${markdownText(claim.title)}`,
    `**${verdict}**. ${markdownText(claim.statement)} (${markdownText(sourceWords(claim))})`,
    markdownText(claim.setting),
    claim.notComparable === undefined ? '' : markdownText(claim.notComparable),
    claim.notTested === undefined ? '' : `Not tested: ${markdownText(claim.notTested)}`,
    conditions
      .flatMap(({ condition, checks }) => [
        `- ${markdownText(`${conditionWords(condition)} (${condition.because})`)}`,
        ...checks.map((check) => `  - ${markdownText(checkWords(check, condition))}`),
      ])
      .join('\n'),
    tried
      .flatMap(({ attempt, findings }) => [
        `- tried: ${markdownText(attempt.what)}`,
        ...findings.map((finding) => `  - ${markdownText(findingWords(finding, attempt))}`),
      ])
      .join('\n'),
    commands.length ? ['```sh', ...commands, '```'].join('\n') : '',
  ];
  return blocks.filter(Boolean).join('\n\n');
}
