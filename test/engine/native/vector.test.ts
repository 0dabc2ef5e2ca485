import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const runtime = resolve(__dirname, '../../../src/engine/native/runtime');
const options = [
  '-std=gnu11',
  '-ffp-contract=fast',
  '-fno-math-errno',
  '-fno-trapping-math',
  '-Wall',
  '-Werror',
  `-I${runtime}`,
];
const works = (compiler: string) => spawnSync(compiler, ['--version']).status === 0;

/** Units in the last place that results may be off; functions of libm round what they give. */
const tolerances: Record<string, number> = {
  exp: 2,
  log: 2,
  tanh: 4,
  sigmoid: 4,
  erf: 4,
  sin: 1,
  cos: 1,
  tan: 1,
  asin: 1,
  acos: 1,
  atan: 1,
  sinh: 2,
  cosh: 2,
  asinh: 2,
  acosh: 2,
  atanh: 2,
  sqrt: 0.5,
  reciprocal: 0.5,
  abs: 0,
  neg: 0,
  floor: 0,
  ceil: 0,
  round: 0,
  relu: 0,
  sign: 0,
  max: 0,
  min: 0,
  pow: 1,
  fmod: 0,
};

/** Prints one line per function (name, worst error in units of the last place, wrong specials) and one per failed check. */
const program = String.raw`
#define _DEFAULT_SOURCE
#include "vector.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

static float points[40000], results[40000];
static int count;
static void add(double x) { points[count++] = x; points[count++] = -x; }

static double sigmoid(double x) { return 1 / (1 + exp(-x)); }
static double reciprocal(double x) { return 1 / x; }
static double relu(double x) { return isnan(x) || x > 0 ? x : 0; }
static double sign(double x) { return isnan(x) ? x : (x > 0) - (x < 0); }
static double negative(double x) { return -x; }
static double greater(double a, double b) { return isnan(a) || isnan(b) ? NAN : a > b ? a : b; }
static double lesser(double a, double b) { return isnan(a) || isnan(b) ? NAN : a < b ? a : b; }

static double worst;
static int wrong;
static void compare(float result, double exact) {
  const float expected = exact;
  if (isnan(expected) || isinf(expected)) {
    /* What is about the largest float may round either way. */
    const int near = fabs(exact) < 3.4028236e38 && fabsf(result) > 3.4028230e38f;
    wrong += !near && !(isnan(expected) ? isnan(result) : result == expected);
  } else if (expected == 0 || fabs(exact) >= 1.7e-38 || result != 0) { /* smaller ones may be flushed */
    const double unit = nextafterf(fabsf(expected), INFINITY) - (double)fabsf(expected);
    const double error = isinf(result) && fabs(exact) > 3.4028230e38 ? 0 : fabs(result - exact) / unit;
    if (!(error <= worst)) worst = error;
  }
}
static void report(const char *name) { printf("%s %.3f %d\n", name, worst, wrong); worst = wrong = 0; }

#define UNARY(name, exact) \
  for (int i = 0; i < count; i += VL) f_store(results + i, f_##name(f_load(points + i))); \
  for (int i = 0; i < count; i++) compare(results[i], exact(points[i])); \
  report(#name);
#define BINARY(name, exact) \
  for (int by = 1; by < count; by += count / 64) \
    for (int i = 0; i + VL <= count; i += 3 * VL) { \
      float others[VL]; \
      for (int l = 0; l < VL; l++) others[l] = points[(i + (l + 1) * by) % count]; \
      f_store(results, f_##name(f_load(points + i), f_load(others))); \
      for (int l = 0; l < VL; l++) compare(results[l], exact(points[i + l], others[l])); \
    } \
  report(#name);

static float f(int i) { return i + 1.5f; }
#define CHECK(condition) if (!(condition)) printf("failed: %s, line %d, n = %d\n", #condition, __LINE__, n);
/* With n elements right before a page that cannot be touched, then with n elements before others that must not change. */
#define MEMORY(kind, type, V, from_index) { \
    type *at = (type *)(page + size) - n; \
    for (int i = 0; i < n; i++) at[i] = from_index; \
    V x = kind##_load_part(at, n); \
    type lanes[VL], around[3 * VL]; \
    kind##_store(lanes, x); \
    for (int i = 0; i < VL; i++) CHECK(lanes[i] == (i < n ? from_index : 0)) \
    memset(at, 0, n * sizeof(type)); \
    kind##_store_part(at, x, n); \
    for (int i = 0; i < n; i++) CHECK(at[i] == from_index) \
    memset(around, 7, sizeof around); \
    const type untouched = around[0]; \
    kind##_store_part(around + VL, x, n); \
    for (int i = 0; i < 3 * VL; i++) CHECK(around[i] == (i >= VL && i < VL + n ? lanes[i - VL] : untouched)) \
    for (int stride = 0; stride < 5; stride++) { \
      type *first = (type *)(page + size) - (n ? (n - 1) * stride + 1 : 0); \
      for (int i = 0; i < n; i++) first[i * stride] = from_index; \
      type last = n ? first[(n - 1) * stride] : 0; \
      kind##_store(lanes, kind##_load_strided(first, stride, n)); \
      for (int i = 0; i < VL; i++) CHECK(lanes[i] == (i >= n ? 0 : stride ? from_index : last)) \
      kind##_store(lanes, kind##_load_strided(n ? first + (n - 1) * stride : first, -stride, n)); \
      for (int i = 0; i < n; i++) CHECK(lanes[i] == first[(n - 1 - i) * stride]) \
    } \
  }

static void memory(void) {
  const long size = 1 << 16;
  char *page = mmap(0, 2 * size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  mprotect(page + size, size, PROT_NONE);
  for (volatile int counter = 0; counter <= VL; counter++) {
    const int n = counter;
    MEMORY(f, float, F, f(i))
    MEMORY(i, int32_t, I, i - 7 + (i >= 7))
    MEMORY(b, uint8_t, I, (i % 3 == 1))
  }
}

static void integers(void) {
  static const int32_t numbers[] = {0, 1, -1, 2, -2, 3, 7, -7, 100, -1000, 65536, INT32_MAX, INT32_MIN, INT32_MIN + 1};
  const int n = sizeof numbers / sizeof *numbers;
  for (int p = 0; p < n; p++)
    for (int q = 0; q < n; q++) {
      const int64_t a = numbers[p], b = numbers[q];
      const I x = i_splat(a), y = i_splat(b);
      CHECK(i_div(x, y)[1] == (b ? (int32_t)(a / b) : 0))
      CHECK(i_mod(x, y)[2] == (b ? (a % b + b) % b : 0))
      CHECK(i_max(x, y)[3] == (a > b ? a : b))
      CHECK(i_min(x, y)[0] == (a < b ? a : b))
      CHECK(i_select(x > y, x, y)[1] == (a > b ? a : b))
      CHECK(i_abs(x)[1] == (int32_t)(a < 0 ? -a : a))
      CHECK(i_sign(x)[1] == (a > 0) - (a < 0))
      CHECK(f_from_i(x)[1] == (float)a)
      CHECK(b_from_i(x)[1] == -(a != 0))
      CHECK(i_from_b(b_from_i(x))[1] == (a != 0) && f_from_b(b_from_i(x))[1] == (a != 0))
    }
  CHECK(i_pow(i_splat(-3), i_splat(5))[1] == -243 && i_pow(i_splat(2), i_splat(-1))[0] == 0)
}

static void rest(void) {
  const int n = VL;
  F x;
  I k;
  for (int l = 0; l < VL; l++) { x[l] = l % 2 ? -l - 0.75f : l + 0.75f; k[l] = l % 2 ? -l - 1 : l + 1; }
  float sum = 0, product = 1;
  int32_t total = 0, times = 1;
  for (int l = 0; l < VL; l++) { sum += x[l]; product *= x[l]; total += k[l]; times = (uint32_t)times * k[l]; }
  CHECK(f_sum(x) == sum && fabsf(f_product(x) / product - 1) < 1e-6f && f_maximum(x) == VL - 1.25f && f_minimum(x) == -VL + 0.25f)
  CHECK(i_sum(k) == total && i_product(k) == times && i_maximum(k) == VL - 1 && i_minimum(k) == -VL)
  for (int l = 0; l < VL; l++) CHECK(i_from_f(x)[l] == (int32_t)x[l])
  for (int l = 0; l < VL; l++) {
    F y = x;
    y[l] = NAN;
    CHECK(isnan(f_sum(y)) && isnan(f_product(y)) && isnan(f_maximum(y)) && isnan(f_minimum(y)))
    CHECK(f_is_nan(y)[l] == -1 && f_is_nan(y)[!l] == 0 && b_from_f(y)[l] == -1 && !f_is_inf(y)[l])
    y[l] = l % 2 ? INFINITY : -INFINITY;
    CHECK(f_is_inf(y)[l] == -1 && f_is_inf(y)[!l] == 0 && !f_is_nan(y)[l])
    y[l] = l % 2 ? 0.f : -0.f;
    CHECK(b_from_f(y)[l] == 0 && b_from_f(y)[!l] == -1)
    y = f_select(x < 0, y, f_splat(9));
    CHECK(y[l] == (l % 2 ? 0 : 9))
  }
  const F zero = f_splat(-0.f);
  CHECK(signbit(zero[1]) && signbit(f_tanh(zero)[0]) && signbit(f_erf(zero)[1]) && signbit(f_floor(zero)[2]))
  CHECK(signbit(f_ceil(f_splat(-0.5f))[0]) && signbit(f_round(f_splat(-0.5f))[1]) && !signbit(f_neg(zero)[1]))
  CHECK(f_exp(zero)[0] == 1 && f_log(f_splat(1))[0] == 0 && f_exp(f_splat(-INFINITY))[0] == 0)
  for (float a = 0; a < 12; a += 0.001f) CHECK(f_tanh(f_splat(a))[0] <= 1 && f_erf(f_splat(-a))[0] >= -1)
}

int main(void) {
  for (double x = 0.0125; x < 130; x += 0.0125) add(x == 64 ? 64.5 : x);
  for (double x = 1e-45; x < 3.4e38; x *= 1.07) add(x);
  for (int i = -2000; i < 2000; i++) add(1 + i * 6e-8 * (1 + abs(i)));
  const float specials[] = {0, INFINITY, NAN, 0.5f, 1.5f, 2.5f, 8388607.5f, 8388608, 8388609, 16777216, 3.4028235e38f, 1.17549435e-38f,
                            1.1754942e-38f, 88.72283f, 88.72284f, 87.33654f, 87.33655f, 103.98f, 2147483648.f, 2, 3, 9.0109f, 3.9192f};
  for (unsigned i = 0; i < sizeof specials / sizeof *specials; i++) add(specials[i]);
  while (count % (16 * 3)) add(1);
  UNARY(exp, exp) UNARY(log, log) UNARY(tanh, tanh) UNARY(sigmoid, sigmoid) UNARY(erf, erf)
  UNARY(sqrt, sqrt) UNARY(abs, fabs) UNARY(neg, negative) UNARY(floor, floor) UNARY(ceil, ceil) UNARY(round, nearbyint)
  UNARY(relu, relu) UNARY(sign, sign) UNARY(reciprocal, reciprocal)
  UNARY(sin, sin) UNARY(cos, cos) UNARY(tan, tan) UNARY(asin, asin) UNARY(acos, acos) UNARY(atan, atan) UNARY(sinh, sinh)
  UNARY(cosh, cosh) UNARY(asinh, asinh) UNARY(acosh, acosh) UNARY(atanh, atanh)
  BINARY(max, greater) BINARY(min, lesser) BINARY(pow, pow) BINARY(fmod, fmod)
  memory();
  integers();
  rest();
  return 0;
}
`;

const processors = process.arch === 'x64' ? ['-march=native', '-march=x86-64', '-msse4.1'] : ['-O2'];
const builds = processors
  .flatMap((processor) => [
    ['-O2', processor],
    ['-O1', processor],
  ])
  .map((flags) => [flags.join(' '), flags] as const);

const suite = works('cc') ? describe : describe.skip;
suite(
  works('cc') ? 'vectors of generated code' : 'vectors of generated code (skipped: there is no C compiler `cc`)',
  () => {
    let directory: string;
    beforeAll(() => (directory = mkdtempSync(join(tmpdir(), 'vector-'))));
    afterAll(() => rmSync(directory, { recursive: true, force: true }));

    it.each(builds)('computes what libm computes, and leaves other memory alone (%s)', (_, flags) => {
      const [source, executable] = [join(directory, 'vectors.c'), join(directory, 'vectors')];
      writeFileSync(source, program);
      execFileSync('cc', [...options, ...flags, source, '-o', executable, '-lm'], { stdio: 'pipe' });
      const lines = execFileSync(executable, { encoding: 'utf8' }).trim().split('\n');
      expect(lines.filter((line) => line.startsWith('failed'))).toEqual([]);
      const errors = new Map(
        lines
          .map((line) => line.split(' '))
          .map(([name, units, wrong]) => [name!, { units: Number(units), wrong: Number(wrong) }]),
      );
      expect([...errors.keys()].sort()).toEqual(Object.keys(tolerances).sort());
      const excessive = [...errors].filter(
        ([name, { units, wrong }]) => wrong > 0 || !(units <= tolerances[name]! + 0.01),
      );
      expect(excessive).toEqual([]);
    });
  },
);
