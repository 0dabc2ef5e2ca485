import { discover } from '../../registry/discover';
import { Registry } from '../../registry/registry';
import { enginesOf } from '../../src/engine/select';
import { curvesOf, environments, freeze, frozenCurves, type Curves } from './support/golden-curves';

/** Set by `npm run freeze:engines`, which writes what is computed here in place of comparing it. */
const isFreezing = process.env.ZOO_FREEZE_ENGINES === '1';
const registry = discover(new Registry(), 'engines');
const compiled = registry.all('engine').filter(({ meta }) => meta.compiled);

async function curves(id: string): Promise<Curves> {
  const engine = await enginesOf(registry).open(id, { threads: 1 });
  return curvesOf(engine).finally(() => engine.dispose());
}

it('looks at every engine that compiles programs', () => {
  expect(Object.keys(environments).sort()).toEqual(compiled.map(({ id }) => id).sort());
});

describe.each(compiled.map(({ id, meta }) => [id, meta.revision] as const))('the engine %s', (id, revision) => {
  const environment = environments[id]!();
  const frozen = frozenCurves()[id];
  const known = environment === undefined ? undefined : frozen?.curves[environment];

  if (isFreezing) {
    it('is frozen', async () => freeze(id, revision, environment!, await curves(id)));
    return;
  }

  it('has curves of its revision', () => {
    const remedy = `npm run freeze:engines freezes the curves of ${id}, revision ${revision}`;
    expect(frozen?.revision === revision || remedy).toBe(true);
  });

  const name = 'computes the same bits as when its revision was frozen';
  if (!known) {
    // Counted as skipped, never as passed: here nothing is known of its bits.
    it.skip(`${name} (skipped: no curve is frozen for ${environment ?? 'this processor'})`, () => undefined);
    return;
  }
  it(name, async () => {
    const found = await curves(id);
    const moved = Object.keys(found).filter((model) => JSON.stringify(found[model]) !== JSON.stringify(known[model]));
    const first = (model: string) =>
      found[model]!.losses.findIndex((loss, at) => loss !== known[model]?.losses[at]) + 1;
    const told = moved.map((model) => `${model} (${first(model) ? `from step ${first(model)}` : 'parameters alone'})`);
    const remedy = `Its arithmetic changed. Raise the revision of the engine ${id} in src/engine/engines/${id}.ts and freeze the curves anew with npm run freeze:engines.`;
    expect(moved.length ? `${told.join(', ')} moved. ${remedy}` : '').toBe('');
  });
});
