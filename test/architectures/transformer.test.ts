import { Transformer } from '../../architectures/transformer';
import { describeGolden } from '../support/architectures/golden';

for (const positions of ['none', 'sinusoidal', 'rotary', 'alibi']) describeGolden(`transformer-${positions}`, Transformer);
