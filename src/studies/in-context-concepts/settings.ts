import { IsInt, IsNumber, Max, Min } from 'class-validator';

/** Prompts, model and training: all that can be set of a run. */
export class ConceptSettings {
  /** Of word and label vectors. */
  @IsInt() @Min(8) @Max(1024) dimension = 64;
  @IsInt() @Min(2) @Max(64) concepts = 4;
  /** Pairs of word and label before the query. */
  @IsInt() @Min(2) @Max(1024) demonstrations = 4;
  /** Part of a vector that both signs of a concept share; the part that tells them apart makes its length 1. */
  @IsNumber() @Min(0) @Max(0.99) shared = 0.8;
  /** Share of words that also carry another concept, with a random sign. */
  @IsNumber() @Min(0) @Max(1) polysemy = 0.5;
  /** Standard deviation of every coordinate. */
  @IsNumber() @Min(0) @Max(1) noise = 0.02;
  /** Prompts that are trained on, drawn once. */
  @IsInt() @Min(1) @Max(1_000_000) prompts = 400;
  /** Prompts of each test set. */
  @IsInt() @Min(1) @Max(1_000_000) testPrompts = 2000;
  /** Units of the read-out. */
  @IsInt() @Min(2) @Max(4096) hidden = 16;
  /** Attention begins as this multiple of the identity, and noise. */
  @IsNumber() attention = 0.5;
  /** Standard deviation of the weights at the start, beside the identity. */
  @IsNumber() @Min(0) @Max(1) initialNoise = 0.01;
  @IsInt() @Min(1) @Max(10_000) epochs = 50;
  @IsInt() @Min(1) @Max(10_000) batchSize = 16;
  /** Of stochastic gradient descent. */
  @IsNumber() @Min(0) learningRate = 5;
  @IsNumber() @Min(0) weightDecay = 1e-4;
}
