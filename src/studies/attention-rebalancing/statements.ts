import { type Effect, effectsOf, isClear, type Model } from './models';

export const percent = (share: number): string => (100 * share).toFixed(1);
/** A difference of shares in points of percent, with its sign. */
export const points = (difference: number): string => `${difference > 0 ? '+' : ''}${(100 * difference).toFixed(1)}`;
export const valueShown = (value: number): string => String(value);

/** What the study found, whether or not it is what the paper reports. */
export function statementsOf(models: readonly Model[]): string[] {
  if (models.length === 0) return [];
  return [...unchanged(models), ...asPublished(models), ...overall(models), ...attention(models)];
}

/** Whether the value 0 is no change at all. */
function unchanged(models: readonly Model[]): string[] {
  const still = models.flatMap(({ runs }) => runs.flatMap(({ varied }) => varied.filter(({ value }) => value === 0)));
  if (still.length === 0) return [];
  const changed = still.reduce((sum, { parts }) => sum + parts.reduce((part, each) => part + each.changed, 0), 0);
  const largest = Math.max(...still.map(({ largestLogitChange }) => largestLogitChange));
  const { vary } = models[0]!.settings;
  return [
    changed === 0 && largest === 0
      ? `With ${vary} = 0 every answer and every logit of ${still.length} trained models is the same to the bit as without the intervention.`
      : `With ${vary} = 0 ${changed} answers differ from those without the intervention, and logits by up to ${largest}: it should change nothing.`,
  ];
}

/** What the published value does to each model. */
function asPublished(models: readonly Model[]): string[] {
  return models.flatMap((model) => {
    const { vary, published } = model.settings;
    const effects = effectsOf(model).filter(({ value }) => value === published);
    if (effects.length === 0) return [];
    const told = effects.map(
      ({ part, before, after, difference, standardError }) =>
        `${part} ${percent(before)} to ${percent(after)} % (${points(difference)}, standard error ${(100 * standardError).toFixed(1)})`,
    );
    return [`${model.title}, ${vary} = ${valueShown(published)} as published: ${told.join('; ')}.`];
  });
}

/** How many comparisons show a clear gain or loss, and what is expected of chance alone. */
function overall(models: readonly Model[]): string[] {
  const { vary, published } = models[0]!.settings;
  const effects = models.flatMap((model) =>
    effectsOf(model)
      .filter(({ value }) => value !== 0)
      .map((effect) => ({ model, ...effect })),
  );
  if (effects.length === 0) return [];
  const clear = effects.filter(isClear);
  const [gains, losses] = [1, -1].map((sign) => clear.filter(({ difference }) => difference * sign > 0));
  const own = (some: readonly Effect[]) => some.filter(({ value }) => value === published).length;
  const best = [...gains!].sort((a, b) => b.difference - a.difference)[0];
  const paired = effects.filter(({ value }) => value === published).length;
  return [
    `Of ${effects.length} comparisons (models, parts of the test inputs, values other than 0) ${gains!.length} are gains and ` +
      `${losses!.length} losses of more than two standard errors` +
      (paired > 0
        ? `; of the ${paired} with ${vary} = ${valueShown(published)} ${own(gains!)} and ${own(losses!)}. `
        : '. ') +
      `By chance about ${(0.023 * effects.length).toFixed(1)} of either would be.`,
    best
      ? `The largest clear gain is ${points(best.difference)} points: ${best.model.title}, ${best.part}, ${vary} = ${valueShown(best.value)} ` +
        `(${percent(best.before)} to ${percent(best.after)} %).`
      : `No value gains more than two standard errors on any model: the gains that the paper reports of language models are not seen here.`,
  ];
}

/** Whether deeper layers look at tokens without content more than early ones. */
function attention(models: readonly Model[]): string[] {
  const runs = models.flatMap((model) => model.runs.filter(({ unmodified }) => unmodified.masses.length > 1));
  if (runs.length === 0) return [];
  const skewed = runs.filter(({ unmodified: { masses } }) => {
    const deepest = Math.max(...masses.slice(1).map(({ mass }) => mass));
    return deepest > masses[0]!.mass;
  });
  return [
    `In ${skewed.length} of ${runs.length} trained models some deeper layer spends more attention on tokens without content than ` +
      'the first one, as the paper says of models that are tuned to a narrow domain.',
  ];
}
