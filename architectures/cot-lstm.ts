import { chainOfThought } from './layers';
import { Lstm } from './lstm';

export const CotLstm = chainOfThought(Lstm);
