import { CotRwkv } from '../../architectures/cot-rwkv';
import { Rwkv } from '../../architectures/rwkv';
import { describeChainOfThought } from '../support/architectures/chain-of-thought';

describeChainOfThought(CotRwkv, Rwkv, { layers: 1, width: 16 });
