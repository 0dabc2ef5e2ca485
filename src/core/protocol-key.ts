import { labelForms, type Protocol } from './protocol';

/**
 * A protocol without the settings that say nothing but their default and came after records had been made: the keys of those are
 * what they were.
 */
export function withoutDefaults(protocol: Protocol): Protocol {
  const { trainingSequences, labels, stop, trainingLengths, evaluation, ...rest } = protocol;
  const { curriculum, ...lengths } = trainingLengths;
  const { sequential, ...measured } = evaluation;
  return {
    ...rest,
    ...(trainingSequences !== null && { trainingSequences }),
    ...(labels !== labelForms[0] && { labels }),
    ...(stop?.futile && { stop }),
    trainingLengths: { ...lengths, ...(curriculum && { curriculum }) },
    evaluation: { ...measured, ...(sequential && { sequential }) },
  };
}

/** What of a protocol matters to a baseline: it answers the same test sets, every sequence, however rows are trained. */
export function ofBaseline({ trainingLengths, evaluation }: Protocol, defaults: Protocol): Protocol {
  const { curriculum: _, ...lengths } = trainingLengths;
  const { sequential: __, ...measured } = evaluation;
  return { ...defaults, trainingLengths: lengths, evaluation: measured };
}
