import type { Reference } from '../../registry';

/** A publication that several rows name, each with the place that it means. */
const publication =
  (reference: Reference) =>
  (place?: string): Reference =>
    place === undefined ? reference : { ...reference, place };

export const deletang2023 = publication({
  authors: 'Deletang et al. 2023',
  title: 'Neural Networks and the Chomsky Hierarchy',
  identifier: '2207.02098',
});

/** Eigenvalues below zero, and what they change. */
export const grazzi2025 = publication({
  authors: 'Grazzi et al. 2025',
  title: 'Unlocking State-Tracking in Linear RNNs Through Negative Eigenvalues',
  identifier: '2411.12537',
});

export const beck2024 = publication({
  authors: 'Beck et al. 2024',
  title: 'xLSTM: Extended Long Short-Term Memory',
  identifier: '2405.04517',
});

/** minGRU and minLSTM. */
export const feng2024 = publication({
  authors: 'Feng et al. 2024',
  title: 'Were RNNs All We Needed?',
  identifier: '2410.01201',
});

/** Relative positions, and memory of earlier segments. */
export const dai2019 = publication({
  authors: 'Dai et al. 2019',
  title: 'Transformer-XL: Attentive Language Models Beyond a Fixed-Length Context',
  identifier: '1901.02860',
});

/** Rotary positions. */
export const su2021 = publication({
  authors: 'Su et al. 2021',
  title: 'RoFormer: Enhanced Transformer with Rotary Position Embedding',
  identifier: '2104.09864',
});

/** ALiBi. */
export const press2022 = publication({
  authors: 'Press et al. 2022',
  title: 'Train Short, Test Long: Attention with Linear Biases Enables Input Length Extrapolation',
  identifier: '2108.12409',
});
