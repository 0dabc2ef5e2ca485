/*
 * Products of float matrices as BLIS does them (Van Zee and van de Geijn 2015): a tile of MR x NR sums lives in registers
 * while k runs; the right factor is packed into panels of NR columns, so that a tile reads it in a line. The left factor
 * is read where it lies, since training multiplies by the same weights many times but by the same activations once.
 */
#include "products.h"
#include <stdlib.h>
#include <string.h>

#if defined(__AVX512F__)
enum { VL = 16, MR = 12, NV = 2 };
#elif defined(__AVX__)
enum { VL = 8, MR = 6, NV = 2 };
#else
enum { VL = 4, MR = 6, NV = 2 };
#endif
enum {
  NR = VL * NV, /* columns of a tile */
  KC = 256,     /* rows of a packed panel: with NR columns half of a first-level cache */
  MC = 16 * MR, /* rows of the left factor that stay in the second-level cache while all panels pass */
};

typedef float F __attribute__((vector_size(4 * VL)));
typedef float Unaligned __attribute__((vector_size(4 * VL), aligned(4)));
#define INLINE static inline __attribute__((always_inline))
#define UNROLL _Pragma("GCC unroll 16")

/* c [rows, columns] = alpha a b (+ c), rows being a compile-time constant wherever this is inlined. */
INLINE void tile(const int rows, const int whole, long k, const float *a, long row_stride, long column_stride,
                 const float *panel, float *c, long c_stride, int columns, float alpha, int accumulate) {
  F sum[MR][NV];
  UNROLL for (int i = 0; i < rows; i++)
    UNROLL for (int j = 0; j < NV; j++) sum[i][j] = (F){0};
  for (long p = 0; p < k; p++) {
    F row[NV];
    UNROLL for (int j = 0; j < NV; j++) row[j] = *(const F *)(panel + p * NR + j * VL);
    UNROLL for (int i = 0; i < rows; i++) {
      const float x = a[i * row_stride + p * column_stride];
      UNROLL for (int j = 0; j < NV; j++) sum[i][j] += x * row[j];
    }
  }
  UNROLL for (int i = 0; i < rows; i++) {
    float *to = c + i * c_stride;
    if (whole) {
      UNROLL for (int j = 0; j < NV; j++) {
        Unaligned *line = (Unaligned *)(to + j * VL);
        *line = accumulate ? *line + alpha * sum[i][j] : alpha * sum[i][j];
      }
    } else {
      float line[NR];
      UNROLL for (int j = 0; j < NV; j++) *(Unaligned *)(line + j * VL) = alpha * sum[i][j];
      for (int j = 0; j < columns; j++) to[j] = accumulate ? to[j] + line[j] : line[j];
    }
  }
}

#define TILE_OF(rows, whole, rs, cs) \
  case rows: tile(rows, whole, k, a, rs, cs, panel, c, c_stride, columns, alpha, accumulate); break;
#define TILES_UP_TO_6(whole, rs, cs) \
  TILE_OF(1, whole, rs, cs) TILE_OF(2, whole, rs, cs) TILE_OF(3, whole, rs, cs) \
  TILE_OF(4, whole, rs, cs) TILE_OF(5, whole, rs, cs) TILE_OF(6, whole, rs, cs)
#if defined(__AVX512F__)
#define TILES(whole, rs, cs) TILES_UP_TO_6(whole, rs, cs) \
  TILE_OF(7, whole, rs, cs) TILE_OF(8, whole, rs, cs) TILE_OF(9, whole, rs, cs) \
  TILE_OF(10, whole, rs, cs) TILE_OF(11, whole, rs, cs) TILE_OF(12, whole, rs, cs)
#else
#define TILES TILES_UP_TO_6
#endif
#define KERNEL(name, whole, rs, cs) \
  static __attribute__((noinline)) void name(int rows, long k, const float *a, long stride, const float *panel, float *c, \
                                             long c_stride, int columns, float alpha, int accumulate) { \
    switch (rows) { TILES(whole, rs, cs) } \
  }
KERNEL(tile_of_rows, 1, stride, 1)
KERNEL(tile_of_columns, 1, 1, stride)
KERNEL(edge_of_rows, 0, stride, 1)
KERNEL(edge_of_columns, 0, 1, stride)

static long least(long a, long b) { return a < b ? a : b; }
static long panels(long n) { return (n + NR - 1) / NR; }

/* Blocks of KC rows; within a block panels of NR columns, the last filled up with zeros; within a panel row by row. */
static void pack(long k, long n, const float *b, long row_stride, long column_stride, float *packed) {
  for (long first = 0; first < k; first += KC, b += KC * row_stride) {
    const long rows = least(KC, k - first);
    for (long j = 0; j < n; j += NR, packed += rows * NR) {
      const long columns = least(NR, n - j);
      const float *from = b + j * column_stride;
      if (columns < NR) memset(packed, 0, sizeof(float) * rows * NR);
      if (column_stride == 1 && columns == NR) {
        for (long p = 0; p < rows; p++)
          for (int v = 0; v < NV; v++) *(F *)(packed + p * NR + v * VL) = *(const Unaligned *)(from + p * row_stride + v * VL);
      } else if (column_stride == 1) {
        for (long p = 0; p < rows; p++) memcpy(packed + p * NR, from + p * row_stride, sizeof(float) * columns);
      } else {
        for (long q = 0; q < columns; q++)
          for (long p = 0; p < rows; p++) packed[p * NR + q] = from[q * column_stride + p * row_stride];
      }
    }
  }
}

static void product(long m, long n, long k, const float *a, long row_stride, long column_stride, const float *packed,
                    float *c, long c_stride, float alpha, int accumulate) {
  const int by_rows = column_stride == 1;
  const long stride = by_rows ? row_stride : column_stride;
  for (long first = 0; first < k; first += KC) {
    const long length = least(KC, k - first);
    const int add = accumulate || first > 0;
    for (long top = 0; top < m; top += MC) {
      const long bottom = least(top + MC, m);
      for (long panel = 0; panel < panels(n); panel++) {
        const float *b = packed + panel * length * NR;
        const int columns = (int)least(NR, n - panel * NR);
        for (long i = top; i < bottom; i += MR) {
          const int rows = (int)least(MR, bottom - i);
          const float *x = a + i * row_stride + first * column_stride;
          float *to = c + i * c_stride + panel * NR;
          if (columns == NR) (by_rows ? tile_of_rows : tile_of_columns)(rows, length, x, stride, b, to, c_stride, columns, alpha, add);
          else (by_rows ? edge_of_rows : edge_of_columns)(rows, length, x, stride, b, to, c_stride, columns, alpha, add);
        }
      }
    }
    packed += length * panels(n) * NR;
  }
}

static float *scratch(long floats) {
  static _Thread_local float *memory;
  static _Thread_local long room;
  if (floats > room) {
    free(memory);
    room = floats;
    memory = aligned_alloc(64, (sizeof(float) * floats + 63) / 64 * 64);
  }
  return memory;
}

#include "calls.h"

const struct runtime runtime = {pack, product, scratch, CALLS};
/* What the planner must know of the machine: how wide panels are packed, and how many floats make a vector. */
const int panel_columns = NR, vector_lanes = VL;
