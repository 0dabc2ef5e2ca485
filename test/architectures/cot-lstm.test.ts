import { CotLstm } from '../../architectures/cot-lstm';
import { Lstm } from '../../architectures/lstm';
import { describeChainOfThought } from '../support/architectures/chain-of-thought';

describeChainOfThought(CotLstm, Lstm, { embeddingWidth: 16, hiddenSize: 32 });
