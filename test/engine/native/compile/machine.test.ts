import { Machine } from '../../../../src/engine/native/compile/machine';
import { describeNative, openMachine } from '../../support/native';

const strides = (...bytes: number[]) => Float64Array.from(bytes);

describeNative('a machine', () => {
  let machine: Machine;
  beforeAll(async () => (machine = await openMachine()));

  it('says how wide vectors and packed panels are', () => {
    expect([4, 8, 16]).toContain(machine.lanes);
    expect(machine.panelColumns % machine.lanes).toBe(0);
    expect(machine.compiler.version).toMatch(/\d/);
  });

  it('gives out zeros', () => {
    const memory = machine.memory(1000);
    expect(memory).toHaveLength(1000);
    expect(memory.every((byte) => byte === 0)).toBe(true);
  });

  it('runs a kernel with the addresses of its table', async () => {
    const { program } = await machine.open(['*(int *)p[1] += *(int *)p[0];']);
    const [numbers, sum] = [Int32Array.of(1, 2, 3, 4), Int32Array.of(0, 100)];
    const table = Int32Array.of(0, 2, 0, 0, 4, 1, 4, 0, 2, 0, 0, 12, 1, 4); // twice kernel 0, with two pointers
    machine.run(program, table, [numbers, sum], strides(0, 0), strides(0, 0), 1, 1);
    expect([...sum]).toEqual([0, 106]);
  });

  it('tells kernels their sizes', async () => {
    const { program } = await machine.open(['*(int *)p[0] = n[1] - n[0];', '*(int *)p[0] *= n[0];']);
    const number = Int32Array.of(0);
    machine.run(program, Int32Array.of(0, 1, 2, 0, 0, 5, 12, 1, 1, 1, 0, 0, 3), [number], strides(0), strides(0), 1, 1);
    expect([...number]).toEqual([21]);
  });

  it('shares slices out among threads, each with memory of its own', async () => {
    const { program } = await machine.open(['*(int *)p[1] += *(int *)p[0];']);
    const [numbers, sums] = [Int32Array.from({ length: 10 }, (_, i) => 2 ** i), new Int32Array(3)];
    machine.run(program, Int32Array.of(0, 2, 0, 0, 0, 1, 0), [numbers, sums], strides(4, 0), strides(0, 4), 10, 3);
    expect([...sums]).toEqual([0b1001001001, 0b10010010, 0b100100100]); // slices 0, 3, 6, 9; 1, 4, 7; 2, 5, 8
  });

  it('puts programs together from kernels that other programs have too', async () => {
    const [add, double] = ['*(int *)p[0] += 1;', '*(int *)p[0] *= 2;'];
    await machine.open([add]);
    const { program } = await machine.open([double, add]);
    const number = Int32Array.of(5);
    machine.run(program, Int32Array.of(1, 1, 0, 0, 0, 0, 1, 0, 0, 0), [number], strides(0), strides(0), 1, 1);
    expect([...number]).toEqual([12]);
  });

  it('tells what the compiler does not accept, and goes on', async () => {
    const [right, wrong] = ['*(int *)p[0] = 7;', 'nonsense;'];
    await expect(machine.open([right, wrong])).rejects.toMatchObject({
      code: 'native-compiler',
      message: expect.stringContaining('nonsense'),
    });
    const { program } = await machine.open([right]);
    const number = Int32Array.of(0);
    machine.run(program, Int32Array.of(0, 1, 0, 0, 0), [number], strides(0), strides(0), 1, 1);
    expect([...number]).toEqual([7]);
  });

  it('is the same for every opening', async () => {
    const other = await Machine.open();
    expect(other).toMatchObject({ lanes: machine.lanes, compiler: machine.compiler });
  });
});
