import fc from 'fast-check';
import { createRng } from '../../../../src/core/random';
import { buffersOf, placeBuffers, type Rooms } from '../../../../src/engine/native/plan/memory';
import { stages, type Instruction } from '../../../../src/engine/native/plan/plan';
import { bytesOf, wholeView, type Buffer } from '../../../../src/engine/native/plan/views';
import { nativePasses } from '../../../../src/engine/native/passes/pipeline';
import { optimise } from '../../../../src/engine/passes/pipeline';
import { capture } from '../../../../src/engine/trace/capture';
import { attentionModel, gradientProgram, gradientSignature, lstmModel } from '../../support/models';
import { planOfGraph } from '../../support/plans';

type CallInstruction = Extract<Instruction, { kind: 'call' }>;
const offsetOf = ({ place }: Buffer): number => (place as { offset: number }).offset;
const bytes = ({ size, dtype }: Buffer): number => size * bytesOf(dtype);

/** Calls that each write some buffers and read earlier ones, in the order of their stages. */
function randomCalls(seed: number, count: number): CallInstruction[] {
  const rng = createRng(seed);
  const written: { buffer: Buffer; stage: number }[] = [];
  const order = Array.from({ length: count }, () => rng.integer(3)).sort((a, b) => a - b);
  return order.map((stage) => {
    const inputs =
      written.length === 0
        ? []
        : Array.from(
            { length: rng.integer(4) },
            () => written[Math.max(0, written.length - 1 - rng.integer(1 + rng.integer(12)))]!.buffer,
          );
    const outputs = Array.from({ length: 1 + rng.integer(2) }, (): Buffer => ({
      dtype: rng.integer(4) ? 'float32' : 'bool',
      size: 1 + rng.integer(100),
      place: { kind: 'arena', offset: -1 },
    }));
    written.push(...outputs.map((buffer) => ({ buffer, stage })));
    const [read, made] = [inputs, outputs].map((buffers) => buffers.map((buffer) => wholeView(buffer, [buffer.size])));
    return { kind: 'call', stage, name: '', sizes: [], inputs: read!, outputs: made! };
  });
}

/** Runs the stages as a program does; every byte remembers which buffer was written there last. Between runs others have the arena. */
function expectIntact(calls: readonly CallInstruction[], rooms: Rooms): void {
  const owners = { arena: new Array<Buffer | undefined>(rooms.arena), kept: new Array<Buffer | undefined>(rooms.kept) };
  const ownersOf = ({ place }: Buffer) => owners[place.kind as keyof Rooms];
  const pass = (stage: number) => {
    for (const { inputs, outputs } of calls.filter((call) => call.stage === stage)) {
      for (const { buffer } of outputs)
        ownersOf(buffer).fill(buffer, offsetOf(buffer), offsetOf(buffer) + bytes(buffer));
      for (const { buffer } of [...inputs, ...outputs]) {
        const there = ownersOf(buffer).slice(offsetOf(buffer), offsetOf(buffer) + bytes(buffer));
        if (there.some((owner) => owner !== buffer)) throw new Error('overwritten');
      }
    }
  };
  pass(stages.once);
  for (let run = 0; run < 2; run++) {
    owners.arena.fill(undefined);
    for (const stage of [stages.run, stages.slice, stages.slice]) pass(stage);
  }
}

it('what is read is what was written, in every run and slice', () => {
  fc.assert(
    fc.property(fc.nat(), fc.integer({ min: 1, max: 60 }), (seed, count) => {
      const calls = randomCalls(seed, count);
      const rooms = placeBuffers(calls);
      for (const { outputs } of calls)
        for (const { buffer } of outputs) {
          expect(offsetOf(buffer) % 64).toBe(0);
          expect(offsetOf(buffer) + bytes(buffer)).toBeLessThanOrEqual(rooms[buffer.place.kind as keyof Rooms]);
        }
      expectIntact(calls, rooms);
    }),
  );
});

it('memory that nothing reads any more is used again', () => {
  const buffers = Array.from({ length: 10 }, (): Buffer => ({
    dtype: 'float32',
    size: 16,
    place: { kind: 'arena', offset: -1 },
  }));
  const view = (buffer: Buffer) => wholeView(buffer, [16]);
  const calls = buffers.map((buffer, i): Instruction => ({
    kind: 'call',
    stage: stages.run,
    name: '',
    sizes: [],
    inputs: i === 0 ? [] : [view(buffers[i - 1]!)],
    outputs: [view(buffer)],
  }));
  expect(placeBuffers(calls)).toEqual({ arena: 2 * 64, kept: 0 });
});

it('a buffer within another has no place of its own', () => {
  const [outer, inner] = [32, 16].map((size): Buffer => ({
    dtype: 'float32',
    size,
    place: { kind: 'arena', offset: -1 },
  })) as [Buffer, Buffer];
  inner.within = { buffer: outer, offset: 16 };
  const call: Instruction = {
    kind: 'call',
    stage: stages.run,
    name: '',
    sizes: [],
    inputs: [],
    outputs: [wholeView(inner, [16])],
  };
  expect(buffersOf(call)).toEqual([outer]);
  expect(placeBuffers([call])).toEqual({ arena: 128, kept: 0 });
});

const sizes = { batch: 4, time: 6, vocabulary: 5 };
it.each(Object.entries({ attention: attentionModel(sizes, 2, 8, 2), lstm: lstmModel(sizes, 6, 8) }))(
  'no two buffers of the gradient of %s overlap while both are needed',
  (_name, model) => {
    const signature = gradientSignature(model, sizes);
    const graph = optimise(nativePasses, capture(gradientProgram(model), signature, 'test', 'onnx'));
    const plan = planOfGraph(graph, {
      inputStages: signature.map((_, i) => (i < 2 ? stages.slice : stages.run)),
      addOutputs: true,
    });
    const instructions = [...plan.instructions].sort((a, b) => a.stage - b.stage);
    const { arena } = placeBuffers(instructions);
    const lives = new Map<Buffer, { from: number; to: number; stage: number }>();
    instructions.forEach((instruction, at) => {
      for (const buffer of buffersOf(instruction)) {
        if (buffer.place.kind !== 'arena') continue;
        const { from, stage } = lives.get(buffer) ?? { from: at, stage: instruction.stage };
        // What a later stage reads is read again by the next slice, or in the next run.
        lives.set(buffer, { from, stage, to: instruction.stage > stage ? Infinity : at });
      }
    });
    const all = [...lives];
    all.forEach(([a, lifeOfA], i) => {
      for (const [b, lifeOfB] of all.slice(i + 1)) {
        if (lifeOfA.from > lifeOfB.to || lifeOfB.from > lifeOfA.to) continue;
        const apart = offsetOf(a) + bytes(a) <= offsetOf(b) || offsetOf(b) + bytes(b) <= offsetOf(a);
        if (!apart) throw new Error(`${offsetOf(a)} + ${bytes(a)} and ${offsetOf(b)} + ${bytes(b)}`);
      }
    });
    const total = all.reduce((sum, [buffer]) => sum + bytes(buffer), 0);
    expect(arena).toBeLessThan(total);
  },
);
