import type { NamedManifest } from '../run/merge/manifests';
import type { RecordShapes } from '../run/store/record-shapes';
import { shownAs, type ShownAs } from '../run/submission/shown';
import { readSubmission, type Submission } from '../run/submission/submission';
import { readVerified, verifiedFolder } from '../run/submission/verified';
import { plural } from '../studies/capability/drawing/wording';

interface Reading {
  readonly shapes: RecordShapes;
  readonly environment?: Readonly<Record<string, string | undefined>>;
  note(line: string): void;
}

/**
 * Submissions by their paths and names, each as it is shown beside the results that are there and the submissions before it; who
 * made them is told. @throws not-a-submission, submission-damaged, submission-too-large, submission-version
 */
export function submissionsShown(
  files: readonly (readonly [path: string, name: string])[],
  { shapes, environment = process.env, note }: Reading,
  known: readonly NamedManifest[],
): { readonly name: string; readonly shown: ShownAs }[] {
  const manifests = known.map(({ manifest }) => manifest);
  return files.map(([path, name]) => {
    const submission = readSubmission(path, name, shapes);
    const verified = readVerified(verifiedFolder(environment), submission.digest);
    const shown = shownAs(submission, verified, manifests);
    manifests.push(shown.manifest);
    note(introduction(submission, shown));
    return { name, shown };
  });
}

/** "x.zoo: 12 cells, submitted by A. Person (CC-BY-4.0), not verified here: zoo verify x.zoo" */
function introduction({ file, head, manifest }: Submission, shown: ShownAs): string {
  const { name, licence, note } = head.submitter;
  const rows = shown.manifest.architectures.filter(({ kind }) => kind === 'architecture');
  const cells = manifest.cells.length;
  const from = head.experiment === undefined ? '' : `, said to have the protocol of ${head.experiment}`;
  const agreed = rows.reduce((sum, { submission }) => sum + (submission?.agreed ?? 0), 0);
  const disagreed = rows.reduce((sum, { submission }) => sum + (submission?.disagreed ?? 0), 0);
  const verified =
    disagreed > 0
      ? `of ${plural(agreed + disagreed, 'cell')} measured again here ${disagreed} came out otherwise`
      : agreed > 0
        ? `${plural(agreed, 'cell')} measured again here, with the same outcome`
        : `not verified here: zoo verify ${file}`;
  return `${file}: ${plural(cells, 'cell')}${from}, submitted by ${name} (${licence}); ${verified}.${note === undefined ? '' : ` Its note: ${note}`}`;
}
