import { explain } from '../../src/theory/explain';
import { columns, rows } from '../support/theory';
it('x', () => {
  const e = (a: keyof typeof rows, t: keyof typeof columns) =>
    explain({ architecture: a, task: t, row: rows[a], column: columns[t] });
  console.log(
    [
      e('lstm', 'parity'),
      e('mamba', 'parity'),
      e('transformer', 'parity'),
      e('transformer-none', 'a5'),
      e('lstm', 'reversal'),
      e('deltanet-negative', 'a5'),
      e('mamba', 'even-pairs'),
      e('pd-ssm', 'majority'),
      e('cot-transformer', 'parity'),
      e('rnn', 'majority'),
    ].join('\n\n'),
  );
});
