import { chainOfThought } from './layers';
import { Mamba } from './mamba';

export const CotMamba = chainOfThought(Mamba);
