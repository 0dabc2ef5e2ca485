// A probe and an intervention, in a few lines each.
import { mul } from '@tensorflow/tfjs-core';
import {
  intervention,
  probe,
  type Intervention,
  type Probe,
  type ProbeSubject,
  type Readings,
  type SequenceModel,
} from 'chomsky-zoo';
import { IsInt, Min } from 'class-validator';

class Order {
  @IsInt() @Min(1) order = 2;
}

/** (sum |w|^order)^(1/order) over all weights; of a hyperparameter that a row may lack there is nothing to read. */
@probe({
  id: 'weight-norm',
  version: 3,
  title: 'Weight norm',
  summary: 'How large all weights are together.',
  hyperparameters: Order,
})
class WeightNorm implements Probe<Order> {
  refuses(model: SequenceModel): string | undefined {
    return model.externalMemory ? 'its memory is no weight' : undefined;
  }
  async look(subject: ProbeSubject, { order }: Order): Promise<Readings> {
    const values = Object.values(await subject.parameters()).flatMap((each) => [...each.values]);
    const sum = values.reduce((total, value) => total + Math.abs(value) ** order, 0);
    return { norm: sum ** (1 / order), sequences: subject.sequences.length };
  }
}

@intervention({ id: 'louder', version: 1, title: 'Louder', summary: 'Doubles every logit.' })
class Louder implements Intervention {
  applied(model: SequenceModel): SequenceModel {
    const { parameters, forward } = model;
    return { parameters, forward: (values, tokens) => mul(forward(values, tokens), 2) };
  }
}

export default { name: 'watchers', version: '1.0.0', zoo: '*', probes: [WeightNorm], interventions: [Louder] };
