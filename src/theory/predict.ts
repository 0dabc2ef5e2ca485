import type { Prediction } from '../core/contracts/theory';

export function codeOf({ expressible, evidence, extends: extension }: Prediction): string {
  const isTheorem = evidence === 'theorem';
  const can = {
    cannot: isTheorem ? 'X' : 'X?',
    'cannot unless TC0 = NC1': 'x',
    'cannot beyond a length': 'Xa',
    can: '+',
    'can with a chain of thought': '+c',
    'can at a larger size': '(+)',
    'no result': '',
  }[expressible];
  const goes = { expected: 'E', 'not expected': 'e', 'no result': '' }[extension];
  return `${can}${goes}` || '?';
}
