import type { Engine, Program, TensorSpecification } from '../../../src/core/contracts/engine';

export type HostData = Float32Array | Int32Array | Uint8Array;

export interface HostTensor extends TensorSpecification {
  readonly data: HostData;
}

/** Compiles a program, runs it once on host data, brings the results back and cleans up. */
export async function evaluate(
  engine: Engine,
  program: Program,
  inputs: readonly HostTensor[],
  label = 'test',
): Promise<HostTensor[]> {
  const executable = await engine.compile(program, inputs, { label });
  const given = inputs.map((input) => engine.upload(input.data, input));
  const results = await executable.run(given);
  const read = await Promise.all(
    results.map(async ({ shape, dtype }, i) => ({ shape, dtype, data: await engine.read(results[i]!) })),
  );
  const copies = read.map(({ shape, dtype, data }) => ({ shape, dtype, data: data.slice() }));
  engine.release([...given, ...results]);
  await executable.dispose();
  return copies;
}

/** Fails unless types agree and every number differs by at most `tolerance` relative to the larger of it and `floor`. */
export function expectClose(
  actual: readonly HostTensor[],
  expected: readonly HostTensor[],
  tolerance = 1e-5,
  floor = 1,
  name = 'Result',
): void {
  expect(actual.map(({ shape, dtype }) => `${dtype}[${shape.join()}]`)).toEqual(
    expected.map(({ shape, dtype }) => `${dtype}[${shape.join()}]`),
  );
  actual.forEach(({ data }, k) => {
    data.forEach((number, i) => {
      const wanted = expected[k]!.data[i]!;
      const same = Object.is(number, wanted) || number === wanted;
      if (!same && !(Math.abs(number - wanted) <= tolerance * Math.max(floor, Math.abs(wanted)))) {
        throw new Error(`${name} ${k} differs at ${i}: ${number} instead of ${wanted}`);
      }
    });
  });
}
