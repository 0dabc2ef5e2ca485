import { IsInt, IsString, Matches, Max, Min } from 'class-validator';

/** What `--set-executor` sets. */
export class BullmqSettings {
  /** Address of Redis. One with a password belongs into the environment variable ZOO_REDIS: arguments can be seen by others. */
  @IsString() redis = process.env.ZOO_REDIS ?? 'redis://127.0.0.1:6379';
  /** Name of the queue; its workers are told the same. */
  @IsString() @Matches(/^[\w.-]+$/) queue = 'chomsky-zoo';
  /** How long results, checkpoints and failures that nobody fetches are kept in Redis. */
  @IsInt() @Min(1) @Max(365) keepDays = 7;
}
