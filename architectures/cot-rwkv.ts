import { chainOfThought } from './layers';
import { Rwkv } from './rwkv';

export const CotRwkv = chainOfThought(Rwkv);
