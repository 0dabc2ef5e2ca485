// Figures from times, and the table that is written from the figures.

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Medians over all steps, and ratios to the zoo from rounds in which both ran within seconds of each other. */
export function figures(rounds, tokensPerStep = 1) {
  const names = Object.keys(rounds[0]);
  return Object.fromEntries(
    names.map((name) => [
      name,
      {
        milliseconds: median(rounds.flatMap((round) => round[name])) / tokensPerStep,
        ratio: median(rounds.map((round) => median(round[name]) / median(round.zoo))),
      },
    ]),
  );
}

/** The fastest other contestant, by ratio: how many times faster than it the zoo is. */
export function bestPeer(contestants) {
  const peers = Object.entries(contestants).filter(([name, { ratio }]) => name !== 'zoo' && ratio !== undefined);
  const [best] = peers.sort(([, a], [, b]) => a.ratio - b.ratio);
  return best && { name: best[0], ratio: best[1].ratio };
}

export const geometricMean = (values) =>
  Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);

/** The table as Markdown. */
export function asMarkdown({
  machine,
  versions,
  threads,
  batch,
  vocabulary,
  limit,
  command,
  measuredAt,
  rounds,
  loadBefore,
  rows,
  geometricMeanOfBest,
}) {
  const names = [...new Set(rows.flatMap(({ contestants }) => Object.keys(contestants)))];
  const cell = (figure) =>
    figure === undefined ? '' : figure.error ? 'failed' : figure.milliseconds.toFixed(limit ? 2 : 1);
  const line = (cells) => `| ${cells.join(' | ')} |`;
  const failures = rows.flatMap(({ name, contestants }) =>
    Object.entries(contestants)
      .filter(([, { error }]) => error)
      .map(([who, { error }]) => `- ${name}, ${who}: ${error.split('\n').at(-1)}`),
  );
  const onThreads = `${threads} ${threads === 1 ? 'thread' : 'threads'}`;
  const [title, what, same] = limit
    ? [
        `# The same greedy decoding, ${onThreads}`,
        `Milliseconds per token of ${limit} for ${batch} sequences at once, after a prompt that is read within that time; medians; vocabulary ${vocabulary}.`,
        'All start from the same weights and the same prompts; nine in ten sequences are the same to the last token.',
      ]
    : [
        `# The same training steps, ${onThreads}`,
        `Milliseconds per whole training step (forward, backward, clipping, AdamW), medians; batch ${batch}, vocabulary ${vocabulary}.`,
        'All start from the same weights and take the same first batch; their first five losses agree within 1 %.',
      ];
  return [
    title,
    '',
    what,
    `Ratio: time of the fastest other contestant over the zoo's, the median over ${rounds} rounds in which all took turns.`,
    '',
    line(['row', limit ? 'prompt' : 'tokens', ...names, 'fastest other', 'ratio']),
    line(['---', '---:', ...names.map(() => '---:'), '---', '---:']),
    ...rows.map(({ name, tokens, contestants, best }) =>
      line([
        name,
        tokens,
        ...names.map((who) => cell(contestants[who])),
        best?.name ?? '',
        best ? best.ratio.toFixed(2) : '',
      ]),
    ),
    '',
    ...(geometricMeanOfBest ? [`Geometric mean of the ratios: **${geometricMeanOfBest.toFixed(2)}**.`, ''] : []),
    `- Repeat with \`${command}\`.`,
    `- ${machine}; ${Object.values(versions).join('; ')}.`,
    `- Measured ${measuredAt}. ${
      loadBefore >= 0.3
        ? `The machine was shared: its load average was ${loadBefore.toFixed(1)} before the start. Trust ratios, not milliseconds.`
        : 'Nothing else ran on the machine at the start.'
    }`,
    `- ${same}`,
    ...(failures.length ? ['', 'What failed:', ...failures] : []),
    '',
  ].join('\n');
}
