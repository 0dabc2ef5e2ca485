import type { Engine, Handle } from '../../core/contracts/engine';
import type { Named, NamedExecutable } from '../../model/named-program';
import { uploadPrompts } from './handles';
import { answering, type AnswerInputs, type AnswerOutputs, type Weights } from './programs';
import type { Prompts } from './prompts';
import type { ConceptSettings } from './settings';

/** What a look at the model's answers finds. */
export type Found = Readonly<Record<keyof AnswerOutputs, number>>;

/** Prompts that a model is asked again and again while it learns. */
export class Examination {
  private constructor(
    private readonly engine: Engine,
    private readonly executable: NamedExecutable<AnswerInputs, AnswerOutputs>,
    private readonly prompts: Named<Omit<AnswerInputs, keyof Weights>, Handle>,
  ) {}

  static async open(engine: Engine, settings: ConceptSettings, prompts: Prompts): Promise<Examination> {
    const { count, demonstrations, matches } = prompts;
    const executable = await answering(settings, prompts).compile(engine, { label: 'in-context concepts, answers' });
    const matching = engine.upload(matches, { shape: [count, demonstrations], dtype: 'float32' });
    return new Examination(engine, executable, { ...uploadPrompts(engine, prompts), matches: matching });
  }

  async look(weights: Named<Weights, Handle>): Promise<Found> {
    const outputs = await this.executable.run({ ...weights, ...this.prompts });
    const read = async (handle: Handle) => (await this.engine.read(handle))[0]!;
    const found = {
      loss: await read(outputs.loss),
      error: await read(outputs.error),
      correct: await read(outputs.correct),
    };
    this.engine.release(Object.values(outputs));
    return found;
  }

  async close(): Promise<void> {
    this.engine.release(Object.values(this.prompts));
    await this.executable.dispose();
  }
}
