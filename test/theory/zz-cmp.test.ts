import { readFileSync } from 'node:fs';
import { derive, idsOf } from '../../src/theory/derive';
import { codeOf, predictionOf } from '../../src/theory/predict';
const { rows, columns } = JSON.parse(readFileSync('/tmp/pg/props.json', 'utf8'));
for (const r of Object.values(rows) as any[]) r.transition = r.transition;
it('cmp', () => {
  for (const id of ['rwkv','rwkv-4','cot-rwkv']) if (process.env.FIX) rows[id].transition='fixed';
  const lines = readFileSync('/work/wt/propositions/test/theory/by-hand.txt','utf8').trim().split('\n').map((l)=>l.split('|').slice(1,-1).map((s)=>s.trim()));
  const [head, ...body] = lines;
  const diffs: string[] = [];
  for (const [row, ...cells] of body as string[][]) cells.forEach((hand, i) => {
    const c0 = head![i+1]!; const c = c0==='counting'?'counting-decimal':c0;
    const d = derive(rows[row!], columns[c]); const p = predictionOf(d);
    const ids = d.deciding ? idsOf(d.deciding) : d.extending ? idsOf(d.extending) : [];
    const ours = [codeOf(p), ids.join(',')].join(' ').trim();
    if (ours.split(' ')[0] !== hand.split(' ')[0]) diffs.push(`CODE ${row} x ${c}: hand ${hand} ours ${ours}`);
    else if ([...ids].sort().join() !== (hand.split(' ')[1]??'').split(',').filter(Boolean).sort().join()) diffs.push(`ids  ${row} x ${c}: hand ${hand} ours ${ours}`);
  });
  const counts: Record<string, number> = {}; let conflicts: string[] = []; const un: Record<string,number> = {}; const byrow: Record<string, number> = {};
  for (const [r, row] of Object.entries(rows)) for (const [c, col] of Object.entries(columns)) {
    const d = derive(row as any, col as any); const code = codeOf(predictionOf(d)); counts[code] = (counts[code] ?? 0) + 1;
    if (code === '?') { un[c] = (un[c]??0)+1; byrow[r]=(byrow[r]??0)+1; }
    for (const [a, b] of d.conflicts) conflicts.push(`${r} x ${c}: ${a.proposition.id} ${b.proposition.id}`);
  }
  require('node:fs').writeFileSync('/tmp/pg/out.txt', [...diffs.filter(x=>x.startsWith('CODE')), ...diffs.filter(x=>x.startsWith('ids')), JSON.stringify(counts), 'total '+Object.keys(rows).length*Object.keys(columns).length, 'unknown '+counts['?'], JSON.stringify(byrow), JSON.stringify(un), ...conflicts].join('\n'));
});
