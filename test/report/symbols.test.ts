import { latexSymbol, toAscii } from '../../src/report/symbols';

test('our symbols have an ASCII form as wide as they are, and a LaTeX form', () => {
  for (const symbol of '●◕◔○✕·–─…\u2007') {
    expect(toAscii(symbol)).toMatch(/^[ -~]$/);
    expect(latexSymbol(symbol)).toMatch(/^[ -~]+$/);
  }
  expect(toAscii('● 100 – lstm')).toBe('* 100 - lstm');
  expect(latexSymbol('a')).toBeUndefined();
});
