import 'reflect-metadata';
import { ArrayMinSize, IsArray, IsIn, IsNotEmpty, IsObject, IsOptional, IsString, Matches } from 'class-validator';
import { EachNested } from '../core/validation';
import {
  conclusions,
  marks,
  propositionKinds,
  strengths,
  type Case,
  type Conclusion,
  type Conditions,
  type Mark,
  type Place,
  type Proposition,
  type PropositionKind,
  type Source,
  type Strength,
} from './proposition';

const Text = () => (target: object, key: string) => {
  IsString()(target, key);
  IsNotEmpty()(target, key);
};
const Texts = () => (target: object, key: string) => {
  IsArray()(target, key);
  IsString({ each: true })(target, key);
};

/** A publication that propositions are cited from. */
export class WrittenSource implements Source {
  /** "Grazzi et al. 2025". */
  @Text() authors!: string;
  /** arXiv identifier or address; absent where it was not seen. */
  @IsOptional() @Matches(/^(arXiv:\d{4}\.\d{4,5}|https:\/\/\S+)$/) identifier?: string;
  @IsOptional() @Text() title?: string;
}

/** Conditions of a row and of a column under which a proposition speaks of the cell; `propositions.ts` judges their names. */
export class WrittenCase implements Case {
  @IsObject() row!: Conditions;
  @IsObject() column!: Conditions;
  /** "units >= states * letters". */
  @IsOptional() @Texts() sizes?: string[];
  /** What is not known of the size that it takes. */
  @IsOptional() @Text() unknownSize?: string;
  /** First length at which it binds: "32 * stateNumbers + 1". */
  @IsOptional() @Text() binds?: string;
  /** Ids of propositions that the conclusion rests on in this case. */
  @IsOptional() @Texts() from?: string[];
}

/** A place in a source. */
export class WrittenPlace implements Place {
  @Text() source!: string;
  @IsOptional() @Text() place?: string;
}

export class WrittenProposition implements Proposition {
  @Matches(/^[A-Z]\d+[a-z]?$/, { message: 'a letter and a number, such as L1' }) id!: string;
  /** One sentence. */
  @Matches(/^[A-Z][^]*\.$/, { message: 'one sentence that ends with a full stop' }) statement!: string;
  @IsIn(propositionKinds) kind!: PropositionKind;
  /** Default: theorem. */
  @IsOptional() @IsIn(strengths) strength?: Strength;
  /** Of cells that a case speaks of. */
  @IsOptional() @IsIn(conclusions) concludes?: Conclusion;
  /** A conjecture's contrary, under which it says nothing. */
  @IsOptional() @IsIn(['TC0 = NC1']) unless?: 'TC0 = NC1';
  @IsIn(Object.keys(marks), {
    message: 'one of V (read), S (read in a summary), D (our derivation); what is only remembered has no place here',
  })
  mark!: Mark;
  /** Id of the source; of a derivation of ours there is none. */
  @IsOptional() @Text() source?: string;
  /** "theorem 1". */
  @IsOptional() @Text() place?: string;
  /** Where else it is said. */
  @IsOptional() @EachNested(() => WrittenPlace) also?: WrittenPlace[];
  /** Ids of the sources that the summary was read in. */
  @IsOptional() @Texts() summarisedBy?: string[];
  @Texts() assumptions!: string[];
  /** Ids of propositions that it rests on. */
  @IsOptional() @Texts() from?: string[];
  /** Why it is told and decides nothing. */
  @IsOptional() @Text() neverDecides?: string;
  /** What would have to be otherwise for it to say nothing. */
  @IsOptional() @Text() lifting?: string;
  @IsOptional() @ArrayMinSize(1) @EachNested(() => WrittenCase) cases?: WrittenCase[];
}

/** A file of `literature/theory`. */
export class PropositionFile {
  @ArrayMinSize(1) @EachNested(() => WrittenProposition) propositions!: WrittenProposition[];
}
