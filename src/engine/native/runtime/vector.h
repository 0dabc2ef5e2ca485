/*
 * Vectors for the elementwise loops of generated code, by the vector extensions of C that gcc and clang share. Where
 * gcc does not find an instruction of x86 by itself, it is named; <immintrin.h> would take longer to read than a
 * generated program takes to compile.
 *
 * F holds floats and I integers; operators work lane by lane, and comparisons give masks: lanes of -1 or 0. NaNs pass
 * through every function. Of partial vectors the first n lanes count, 0 <= n <= VL.
 */
#ifndef VECTOR_H
#define VECTOR_H
#include <stddef.h>
#include <stdint.h>

#if defined(__AVX512F__)
#define VL 16
#define EACH(of) {of(0), of(1), of(2), of(3), of(4), of(5), of(6), of(7), \
                  of(8), of(9), of(10), of(11), of(12), of(13), of(14), of(15)}
#elif defined(__AVX__)
#define VL 8
#define EACH(of) {of(0), of(1), of(2), of(3), of(4), of(5), of(6), of(7)}
#else
#define VL 4
#define EACH(of) {of(0), of(1), of(2), of(3)}
#endif
#define ITSELF(lane) lane
#define LANES EACH(ITSELF)
#define INLINE static inline __attribute__((always_inline))
#define EACH_LANE _Pragma("GCC unroll 16") for (int lane = 0; lane < VL; lane++)

typedef float F __attribute__((vector_size(4 * VL)));
typedef int32_t I __attribute__((vector_size(4 * VL)));
typedef uint8_t Bytes __attribute__((vector_size(VL)));
/* As they lie in memory, which may have held other types before. */
typedef float UnalignedF __attribute__((vector_size(4 * VL), aligned(4), may_alias));
typedef int32_t UnalignedI __attribute__((vector_size(4 * VL), aligned(4), may_alias));
typedef uint8_t UnalignedBytes __attribute__((vector_size(VL), aligned(1), may_alias));

/* Instructions by the names gcc has for them, with AVX-512 and without; clang finds them itself. */
#if defined(__GNUC__) && !defined(__clang__) && (defined(__SSE2__) || defined(__AVX__))
#define GCC_X86
#if VL == 16
#define X86(name, ...) __builtin_ia32_##name##512_mask(__VA_ARGS__, (F){0}, -1, 4)
#define X86_ROUND(x, direction) __builtin_ia32_rndscaleps_mask(x, direction, x, -1, 4)
#elif VL == 8
#define X86(name, ...) __builtin_ia32_##name##256(__VA_ARGS__)
#define X86_ROUND(x, direction) __builtin_ia32_roundps256(x, direction)
#else
#define X86(name, ...) __builtin_ia32_##name(__VA_ARGS__)
#ifdef __SSE4_1__
#define X86_ROUND(x, direction) __builtin_ia32_roundps(x, direction)
#endif
#endif
#endif

/* Constants and choices. */
INLINE F f_splat(float x) { return x - (F){0}; } /* x + 0 would lose the sign of -0 */
INLINE I i_splat(int32_t x) { return x - (I){0}; }
INLINE I i_select(I mask, I a, I b) { return (mask & a) | (~mask & b); } /* compiles to blends */
INLINE F f_select(I mask, F a, F b) {
#if defined(GCC_X86) && VL == 8
  return __builtin_ia32_blendvps256(b, a, (F)mask);
#elif defined(GCC_X86) && VL == 4 && defined(__SSE4_1__)
  return __builtin_ia32_blendvps(b, a, (F)mask);
#else
  return (F)i_select(mask, (I)a, (I)b);
#endif
}

/* Whole vectors of memory. */
INLINE F f_load(const float *from) { return *(const UnalignedF *)from; }
INLINE I i_load(const int32_t *from) { return *(const UnalignedI *)from; }
INLINE void f_store(float *to, F x) { *(UnalignedF *)to = x; }
INLINE void i_store(int32_t *to, I x) { *(UnalignedI *)to = x; }

INLINE I bytes_to_mask(Bytes bytes) {
#if defined(GCC_X86) && defined(__AVX2__)
  typedef char Wide __attribute__((vector_size(16)));
#if VL == 16
  return (I)__builtin_ia32_pmovzxbd512_mask((Wide)bytes, (I){0}, -1) > 0;
#else
  typedef long long Halves __attribute__((vector_size(16)));
  return (I)__builtin_ia32_pmovzxbd256((Wide)(Halves){(long long)bytes, 0}) > 0;
#endif
#elif defined(__clang__) || __GNUC__ >= 9
  return __builtin_convertvector(bytes, I) > 0;
#else
  I wide;
  EACH_LANE wide[lane] = bytes[lane];
  return wide > 0;
#endif
}
INLINE Bytes mask_to_bytes(I mask) {
#if defined(GCC_X86) && VL == 8
  typedef int32_t Half __attribute__((vector_size(16)));
  union { I mask; Half halves[2]; } both = {mask};
  const __auto_type pairs = __builtin_ia32_packssdw128(both.halves[0], both.halves[1]);
  const __auto_type quads = __builtin_ia32_packsswb128(pairs, pairs);
  Bytes bytes;
  __builtin_memcpy(&bytes, &quads, VL);
  return bytes & 1;
#elif defined(__clang__) || __GNUC__ >= 9
  return __builtin_convertvector(mask & 1, Bytes);
#else
  Bytes bytes;
  EACH_LANE bytes[lane] = mask[lane] & 1;
  return bytes;
#endif
}
INLINE I b_load(const uint8_t *from) { return bytes_to_mask(*(const UnalignedBytes *)from); }
INLINE void b_store(uint8_t *to, I mask) { *(UnalignedBytes *)to = mask_to_bytes(mask); }

/* Copies n of VL elements: by powers of two, in straight lines. */
INLINE void copy_part(void *to, const void *from, int n, const int size) {
  char *target = to;
  const char *source = from;
#define COPY(count) \
  if (count == VL ? n >= VL : count < VL && n & count) { \
    __builtin_memcpy(target, source, (count <= VL ? count : VL) * size); \
    if (count == VL) return; \
    target += count * size, source += count * size; \
  }
  COPY(16) COPY(8) COPY(4) COPY(2) COPY(1)
#undef COPY
}
INLINE F f_load_part(const float *from, int n) {
#if VL == 16 && defined(GCC_X86)
  return __builtin_ia32_loadups512_mask(from, (F){0}, (1u << n) - 1);
#elif VL == 8
  return __builtin_ia32_maskloadps256((const F *)from, (I)LANES < n);
#else
  F x = {0};
  copy_part(&x, from, n, 4);
  return x;
#endif
}
INLINE void f_store_part(float *to, F x, int n) {
#if VL == 16 && defined(GCC_X86)
  __builtin_ia32_storeups512_mask(to, x, (1u << n) - 1);
#else
  copy_part(to, &x, n, 4);
#endif
}
INLINE I i_load_part(const int32_t *from, int n) { return (I)f_load_part((const float *)from, n); }
INLINE void i_store_part(int32_t *to, I x, int n) { f_store_part((float *)to, (F)x, n); }
INLINE I b_load_part(const uint8_t *from, int n) {
  Bytes bytes = {0};
  copy_part(&bytes, from, n, 1);
  return bytes_to_mask(bytes);
}
INLINE void b_store_part(uint8_t *to, I mask, int n) {
  const Bytes bytes = mask_to_bytes(mask);
  copy_part(to, &bytes, n, 1);
}

/* Elements `stride` apart. Initialisers, since assigning lane by lane goes through memory. */
#define AT(lane) from[lane * stride]
#define AT_OR_0(lane) lane < n ? from[lane * stride] : 0
INLINE F f_load_strided(const float *from, ptrdiff_t stride, int n) {
  if (n >= VL) return (F)EACH(AT);
  return (F)EACH(AT_OR_0);
}
INLINE I i_load_strided(const int32_t *from, ptrdiff_t stride, int n) {
  if (n >= VL) return (I)EACH(AT);
  return (I)EACH(AT_OR_0);
}
INLINE I b_load_strided(const uint8_t *from, ptrdiff_t stride, int n) {
  if (n >= VL) return (I)EACH(AT) > 0;
  return (I)EACH(AT_OR_0) > 0;
}
#undef AT
#undef AT_OR_0

/* Casts. */
#if defined(__clang__) || __GNUC__ >= 9
INLINE F f_from_i(I x) { return __builtin_convertvector(x, F); }
INLINE I i_from_f(F x) { return __builtin_convertvector(x, I); }
#else
INLINE F f_from_i(I x) { F y; EACH_LANE y[lane] = x[lane]; return y; }
INLINE I i_from_f(F x) { I y; EACH_LANE y[lane] = x[lane]; return y; }
#endif
INLINE I i_from_b(I mask) { return mask & 1; }
INLINE F f_from_b(I mask) { return (F)(mask & (I)f_splat(1)); }
INLINE I b_from_f(F x) { return x != 0; }
INLINE I b_from_i(I x) { return x != 0; }

/* a > b ? a : b and a < b ? a : b: b, where one is NaN. These are the instructions of x86. */
INLINE F greater_or_second(F a, F b) {
#ifdef GCC_X86
  return X86(maxps, a, b);
#else
  return f_select(a > b, a, b);
#endif
}
INLINE F less_or_second(F a, F b) {
#ifdef GCC_X86
  return X86(minps, a, b);
#else
  return f_select(a < b, a, b);
#endif
}
INLINE F f_max(F a, F b) { return f_select(a != a, a, greater_or_second(a, b)); }
INLINE F f_min(F a, F b) { return f_select(a != a, a, less_or_second(a, b)); }
INLINE F f_relu(F x) { return greater_or_second(f_splat(0), x); }

/* Signs, and what IEEE 754 has exactly. */
INLINE F f_abs(F x) { return (F)((I)x & INT32_MAX); }
INLINE F f_neg(F x) { return -x; }
INLINE F f_sign(F x) { return f_select(x > 0, f_splat(1), f_select(x < 0, f_splat(-1), x)); }
INLINE F f_with_sign(F x, F sign) { return (F)((I)x | ((I)sign & INT32_MIN)); } /* of x without sign */
INLINE I f_is_nan(F x) { return x != x; }
INLINE I f_is_inf(F x) { return f_abs(x) == __builtin_inff(); }
INLINE F f_reciprocal(F x) { return 1 / x; }
INLINE F f_sqrt(F x) {
#if defined(GCC_X86) && VL == 16
  return __builtin_ia32_sqrtps512_mask(x, x, -1, 4);
#elif defined(GCC_X86)
  return X86(sqrtps, x);
#else
  EACH_LANE x[lane] = __builtin_sqrtf(x[lane]);
  return x;
#endif
}
#ifdef X86_ROUND
INLINE F f_round(F x) { return X86_ROUND(x, 0); }
INLINE F f_floor(F x) { return X86_ROUND(x, 1); }
INLINE F f_ceil(F x) { return X86_ROUND(x, 2); }
#else
/* Adding 2^23 leaves no room for a fraction; larger numbers and NaN have none. */
INLINE F f_round(F x) {
  const F size = f_abs(x);
  return f_select(size < 0x1p23f, f_with_sign((size + 0x1p23f) - 0x1p23f, x), x);
}
INLINE F f_floor(F x) { const F y = f_round(x); return f_with_sign(f_abs(y - f_from_b(y > x)), x); }
INLINE F f_ceil(F x) { const F y = f_round(x); return f_with_sign(f_abs(y + f_from_b(y < x)), x); }
#endif

/* a + b x + ... + h x^7, by pairs (Estrin): most processors would wait for Horner's chain. */
INLINE F polynomial(F x, float a, float b, float c, float d, float e, float f, float g, float h) {
  const F x2 = x * x;
  return ((h * x + g) * x2 + (f * x + e)) * (x2 * x2) + ((d * x + c) * x2 + (b * x + a));
}
/*
 * e^x - 1 = 2^n (e^r - 1) + 2^n - 1, with n = round(x / ln 2) and r = x - n ln 2, subtracted in two parts, the first
 * of them exactly (as in Cephes; Cody and Waite 1980). e^r - 1 = r + r^2/2 + ..., minimax on |r| <= ln 2 / 2. It is
 * computed twice as large and 2^n half as large, so that n can be 128. n = -126 gives half = 0, and less nonsense.
 */
typedef struct { F half, twice; } Exponential;
INLINE Exponential exponential(F x) {
  const float shift = 0x1.8p23f + 126; /* makes n + 126 the low bits of a float */
  const F shifted = x * 1.44269504f + shift, n = shifted - shift;
  const F r = x - n * 0.693359375f - n * -2.12194440e-4f;
  const F r2 = r * r;
  const F y = (r * 2.7764895e-3f + 1.6733093e-2f) * r2 + (r * 8.3334406e-2f + 3.3333087e-1f);
  return (Exponential){(F)((I)shifted << 23), (y * r2 + (r + 2)) * r};
}
INLINE F f_exp(F x) {
  /* Beyond these limits the result is infinite or 0, which it is from 1.7e-38 down. In this order NaN is kept. */
  x = less_or_second(f_splat(89), greater_or_second(f_splat(-87.5f), x));
  const Exponential e = exponential(x);
  return (e.twice + 2) * e.half;
}
/* e^x - 1 for -87 <= x <= 0, accurate near 0. */
INLINE F negative_expm1(F x) {
  const Exponential e = exponential(x);
  return e.twice * e.half + (2 * e.half - 1);
}
/* 1 / (1 + e^-x) */
INLINE F f_sigmoid(F x) { return 1 / (1 + f_exp(-x)); }
/* tanh |x| = -y / (y + 2), y = e^(-2 |x|) - 1; from 9.1 on it is 1. */
INLINE F f_tanh(F x) {
  const F y = negative_expm1(-2 * less_or_second(f_splat(9.1f), f_abs(x)));
  return f_with_sign(f_abs(y / (y + 2)), x);
}
/* erf |x| = 1 - e^(-|x| q), where q = -log(1 - erf |x|) / |x| is smooth: minimax on [0, 3.95]; beyond, erf is 1. */
INLINE F f_erf(F x) {
  const F size = less_or_second(f_splat(3.95f), f_abs(x));
  const F q = polynomial(size, 1.1283792f, 6.3661650e-1f, 1.0281441e-1f, -1.9321717e-2f, 2.0571741e-4f, 1.2517455e-3f,
                         -3.8099999e-4f, 4.0707774e-5f);
  return f_with_sign(f_abs(negative_expm1(-size * q)), x);
}
/* log x = n log 2 + log(1 + r), sqrt(1/2) <= 1 + r < sqrt 2; log(1 + r) = r - r^2/2 + r^3 (1/3 - ...), minimax. */
INLINE F f_log(F x) {
  const I denormal = x < 0x1p-126f;
  const I bits = (I)f_select(denormal, x * 0x1p23f, x);
  const I exponent = (bits - 0x3f3504f3) >> 23;
  const F n = f_from_i(exponent - (denormal & 23)), r = (F)(bits - (exponent << 23)) - 1;
  F y = polynomial(r, 3.3333332e-1f, -2.5000821e-1f, 2.0001227e-1f, -1.6623358e-1f, 1.4201751e-1f, -1.3160170e-1f,
                   1.2761618e-1f, -7.6345707e-2f);
  y = (y * r - 0.5f) * (r * r) + n * -2.12194440e-4f + r + n * 0.693359375f;
  y = f_select(x < __builtin_inff(), y, x);
  return f_select(x <= 0, f_select(x < 0, f_splat(__builtin_nanf("")), f_splat(-__builtin_inff())), y);
}

/* The rest lane by lane: rare, and slow only in that. */
#define BY_LANE(name) \
  INLINE F f_##name(F x) { \
    for (int lane = 0; lane < VL; lane++) x[lane] = __builtin_##name##f(x[lane]); \
    return x; \
  }
BY_LANE(sin) BY_LANE(cos) BY_LANE(tan) BY_LANE(asin) BY_LANE(acos) BY_LANE(atan)
BY_LANE(sinh) BY_LANE(cosh) BY_LANE(asinh) BY_LANE(acosh) BY_LANE(atanh)
#undef BY_LANE
INLINE F f_fmod(F a, F b) {
  for (int lane = 0; lane < VL; lane++) a[lane] = __builtin_fmodf(a[lane], b[lane]);
  return a;
}
INLINE F f_pow(F a, F b) {
  int squares = 1; /* most powers are */
  EACH_LANE squares &= b[lane] == 2;
  if (squares) return a * a;
  for (int lane = 0; lane < VL; lane++) a[lane] = __builtin_powf(a[lane], b[lane]);
  return a;
}

/* Integers. Sums and products wrap around, as those of the processor do. */
INLINE I i_max(I a, I b) { return i_select(a > b, a, b); }
INLINE I i_min(I a, I b) { return i_select(a < b, a, b); }
INLINE I i_abs(I x) { return (x ^ (x >> 31)) - (x >> 31); }
INLINE I i_sign(I x) { return (x < 0) - (x > 0); }
INLINE int32_t divide(int32_t a, int32_t b) { /* neither by 0 nor with a quotient of 2^31, which trap */
  return b == 0 ? 0 : b == -1 ? (int32_t)(0 - (uint32_t)a) : a / b;
}
INLINE I i_div(I a, I b) {
  for (int lane = 0; lane < VL; lane++) a[lane] = divide(a[lane], b[lane]);
  return a;
}
INLINE I i_mod(I a, I b) {
  const I rest = (a - i_div(a, b) * b) & (b != 0);
  return rest + (b & (rest != 0) & ((rest ^ b) < 0));
}
INLINE I i_pow(I a, I b) {
  for (int lane = 0; lane < VL; lane++) a[lane] = (int32_t)(int64_t)__builtin_pow(a[lane], b[lane]);
  return a;
}

/* All lanes into one, by halves. */
#ifdef __clang__
INLINE F f_swap(F x, const int distance) { F y; EACH_LANE y[lane] = x[lane ^ distance]; return y; }
INLINE I i_swap(I x, const int distance) { I y; EACH_LANE y[lane] = x[lane ^ distance]; return y; }
#else
INLINE F f_swap(F x, const int distance) { return __builtin_shuffle(x, (I)LANES ^ distance); }
INLINE I i_swap(I x, const int distance) { return __builtin_shuffle(x, (I)LANES ^ distance); }
#endif
INLINE F f_add(F a, F b) { return a + b; }
INLINE F f_multiply(F a, F b) { return a * b; }
INLINE I i_add(I a, I b) { return a + b; }
INLINE I i_multiply(I a, I b) { return a * b; }
#define OF_LANES(type, V, v, name, combine) \
  INLINE type v##_##name(V x) { \
    if (VL > 8) x = v##_##combine(x, v##_swap(x, 8)); \
    if (VL > 4) x = v##_##combine(x, v##_swap(x, 4)); \
    x = v##_##combine(x, v##_swap(x, 2)); \
    return v##_##combine(x, v##_swap(x, 1))[0]; \
  }
OF_LANES(float, F, f, sum, add) OF_LANES(float, F, f, product, multiply)
OF_LANES(float, F, f, maximum, max) OF_LANES(float, F, f, minimum, min)
OF_LANES(int32_t, I, i, sum, add) OF_LANES(int32_t, I, i, product, multiply)
OF_LANES(int32_t, I, i, maximum, max) OF_LANES(int32_t, I, i, minimum, min)
#undef OF_LANES

#endif
