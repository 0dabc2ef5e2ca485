import { IsArray, IsInt, IsNumber, IsOptional, IsString, Matches, Max, Min, MinLength } from 'class-validator';
import { all } from '../../core/validation';
import { IsDuration } from './duration';

/** A word that is handed to sbatch. */
const IsWord = (): PropertyDecorator => all(IsOptional(), IsString(), MinLength(1));
const IsLines = (): PropertyDecorator => all(IsArray(), IsString({ each: true }));

/** What can be set of jobs in Slurm's queue; what is absent is left to the cluster's defaults. */
export class SlurmSettings {
  @IsWord() partition?: string;
  @IsWord() account?: string;
  @IsWord() qos?: string;
  /** Of a task; what is running then is saved, and the task goes back into the queue. */
  @IsOptional() @IsDuration() time?: string;
  /** Of a task, as sbatch has it. */
  @IsOptional()
  @IsString()
  @Matches(/^\d+[KMGT]?$/, { message: '$property must be a size such as 4G or 800M' })
  memory?: string;
  /** A task measures as many cells at a time, each with one thread. */
  @IsInt() @Min(1) @Max(1024) cpusPerTask = 1;
  @IsWord() constraint?: string;
  /** Tasks at a time. */
  @IsOptional() @IsInt() @Min(1) arrayLimit?: number;
  /** Cells are put together until a task takes about as long; a cell that takes longer has a task of its own. */
  @IsNumber() @Min(0) @Max(60 * 24) minutesPerTask = 5;
  /** Lines of shell before the work: module load node. */
  @IsLines() setup: string[] = [];
  /** Command of Node.js on the nodes; absent: the path of the one that runs here. */
  @IsWord() node?: string;
  /** More options of sbatch, each a word: --gres=gpu:1. */
  @IsLines() sbatch: string[] = [];
  /** Between two looks at the queue. */
  @IsNumber() @Min(0.1) @Max(3600) pollSeconds = 15;
}
