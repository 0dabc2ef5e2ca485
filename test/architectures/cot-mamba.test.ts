import { CotMamba } from '../../architectures/cot-mamba';
import { Mamba } from '../../architectures/mamba';
import { describeChainOfThought } from '../support/architectures/chain-of-thought';

describeChainOfThought(CotMamba, Mamba, { layers: 1, width: 16 });
