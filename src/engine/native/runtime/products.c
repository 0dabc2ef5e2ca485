/*
 * Products of float matrices as BLIS does them (Van Zee and van de Geijn 2015): a tile of MR x NR sums lives in registers
 * while k runs; the right factor is packed into panels of NR columns, so that a tile reads it in a line. A left factor that
 * lies row by row is read where it is; one that lies column by column is packed into strips of MR rows.
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
  NR = VL * NV,                           /* columns of a tile */
  KC = NR > 16 ? 256 : 320,               /* most rows of a packed panel: with NR columns two thirds of a first-level cache */
  MC = 16 * MR,                           /* rows of the left factor that stay in the second-level cache while all panels pass */
  LINE = (MR + VL - 1) / VL * VL,         /* MR in whole vectors */
  FEWEST_PANELS = 4,                      /* what strips are packed for at least ... */
  NEAR = 1 << 15,                         /* ... and not where the left factor, of so many floats, is in the second-level cache */
};

typedef float F __attribute__((vector_size(4 * VL)));
typedef float Unaligned __attribute__((vector_size(4 * VL), aligned(4)));
#define INLINE static inline __attribute__((always_inline))
#define UNROLL _Pragma("GCC unroll 16")

/* c [rows, columns] = alpha a b (+ c), rows being a compile-time constant wherever this is inlined. */
INLINE void tile(const int rows, const int whole, long k, const float *a, long row_stride, long column_stride,
                 const float *panel, float *c, long c_stride, int columns, float alpha, int accumulate) {
  F sum[MR][NV];
  UNROLL for (int i = 0; i < rows; i++) {
    __builtin_prefetch(c + i * c_stride, 1);
    UNROLL for (int j = 0; j < NV; j++) sum[i][j] = (F){0};
  }
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
KERNEL(tile_of_strip, 1, 1, MR)
KERNEL(edge_of_strip, 0, 1, MR)
typedef void Kernel(int, long, const float *, long, const float *, float *, long, int, float, int);

static long least(long a, long b) { return a < b ? a : b; }
static long parts(long n, long size) { return (n + size - 1) / size; }
static long panels(long n) { return parts(n, NR); }
/* The size of blocks of at most so many that n is cut into, as equal as can be. */
static long block_of(long n, long most) { return n > 0 ? parts(n, parts(n, most)) : 1; }

/* The first halves of two vectors, or the second, element by element in turn. */
#if defined(__clang__)
#define IN_TURN(a, b, ...) __builtin_shufflevector(a, b, __VA_ARGS__)
#else
typedef int Positions __attribute__((vector_size(4 * VL)));
#define IN_TURN(a, b, ...) __builtin_shuffle(a, b, (Positions){__VA_ARGS__})
#endif
#if defined(__AVX512F__)
#define FIRST 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23
#define SECOND 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31
#elif defined(__AVX__)
#define FIRST 0, 8, 1, 9, 2, 10, 3, 11
#define SECOND 4, 12, 5, 13, 6, 14, 7, 15
#else
#define FIRST 0, 4, 1, 5
#define SECOND 2, 6, 3, 7
#endif

/* VL rows of VL floats, turned: after as many rounds of taking in turn from both halves as VL has bits. */
INLINE void turn(const float *from, long stride, float *to, long to_stride) {
  F line[VL], next[VL];
  UNROLL for (int i = 0; i < VL; i++) line[i] = *(const Unaligned *)(from + i * stride);
  UNROLL for (int half = 1; half < VL; half *= 2) {
    UNROLL for (int i = 0; i < VL / 2; i++) {
      next[2 * i] = IN_TURN(line[i], line[i + VL / 2], FIRST);
      next[2 * i + 1] = IN_TURN(line[i], line[i + VL / 2], SECOND);
    }
    UNROLL for (int i = 0; i < VL; i++) line[i] = next[i];
  }
  UNROLL for (int i = 0; i < VL; i++) *(Unaligned *)(to + i * to_stride) = line[i];
}

/* A panel of the columns of b, which lie in a line each. */
static void pack_turned(long rows, long columns, const float *b, long column_stride, float *packed) {
  for (long q = 0; q < columns; q += VL) {
    long p = 0;
    if (q + VL <= columns)
      for (; p + VL <= rows; p += VL) turn(b + q * column_stride + p, column_stride, packed + p * NR + q, NR);
    for (long column = q; column < least(q + VL, columns); column++)
      for (long row = p; row < rows; row++) packed[row * NR + column] = b[column * column_stride + row];
  }
}

/* Blocks of rows; within a block panels of NR columns, the last filled up with zeros; within a panel row by row. */
static void pack(long k, long n, const float *b, long row_stride, long column_stride, float *packed) {
  const long block = block_of(k, KC);
  for (long first = 0; first < k; first += block, b += block * row_stride) {
    const long rows = least(block, k - first);
    for (long j = 0; j < n; j += NR, packed += rows * NR) {
      const long columns = least(NR, n - j);
      const float *from = b + j * column_stride;
      if (columns < NR) memset(packed, 0, sizeof(float) * rows * NR);
      if (column_stride == 1 && columns == NR) {
        for (long p = 0; p < rows; p++)
          for (int v = 0; v < NV; v++) *(F *)(packed + p * NR + v * VL) = *(const Unaligned *)(from + p * row_stride + v * VL);
      } else if (column_stride == 1) {
        for (long p = 0; p < rows; p++) memcpy(packed + p * NR, from + p * row_stride, sizeof(float) * columns);
      } else if (row_stride == 1) {
        pack_turned(rows, columns, from, column_stride, packed);
      } else {
        for (long q = 0; q < columns; q++)
          for (long p = 0; p < rows; p++) packed[p * NR + q] = from[q * column_stride + p * row_stride];
      }
    }
  }
}

/* Memory of the thread, which grows. */
struct Memory {
  float *floats;
  long room;
};
static float *reserve(struct Memory *memory, long floats) {
  if (floats > memory->room) {
    free(memory->floats);
    memory->room = floats;
    memory->floats = aligned_alloc(64, (sizeof(float) * floats + 63) / 64 * 64);
  }
  return memory->floats;
}
static float *scratch(long floats) {
  static _Thread_local struct Memory memory;
  return reserve(&memory, floats);
}

/* Floats from one strip to the next: whole vectors are written, the last beyond the end. */
static long strip_of(long k) { return k * MR + LINE - MR; }

/* Rows as tiles of nearly equal height: the first `taller` have one more. One of few rows would wait for its own sums. */
struct Tiles {
  long count, height, taller;
};
static struct Tiles tiles_of(long rows) {
  const long count = parts(rows, MR);
  return (struct Tiles){count, rows / count, rows % count};
}

/* Strips of the next rows of a, whose columns lie in a line each, one for each tile; `left` rows are there to be read. */
static void pack_strips(struct Tiles tiles, long left, long k, const float *a, long stride, float *strips) {
  enum { TOGETHER = 8 }; /* so many columns of every strip, before a cache line is filled and gone */
  for (long first = 0; first < k; first += TOGETHER) {
    const long last = least(first + TOGETHER, k);
    const float *from = a;
    float *to = strips;
    for (long t = 0, i = 0, rows; t < tiles.count; t++, i += rows, from += rows, to += strip_of(k)) {
      rows = tiles.height + (t < tiles.taller);
      if (i + LINE <= left) {
        for (long p = first; p < last; p++)
          UNROLL for (int v = 0; v < LINE; v += VL) *(Unaligned *)(to + p * MR + v) = *(const Unaligned *)(from + p * stride + v);
      } else {
        for (long p = first; p < last; p++)
          for (long row = 0; row < rows; row++) to[p * MR + row] = from[p * stride + row];
      }
    }
  }
}

/* Of a block of k, [first, first + length), what the tile of rows [top, bottom) and columns from `left` on is made of. */
struct Span {
  long begin, end; /* counted from `first` */
};
static struct Span span_of(int triangle, long top, long bottom, long left, long first, long length) {
  struct Span span = {0, length};
  if (triangle == RESULT_LOWER && left >= bottom) span.end = 0;
  if (triangle == LEFT_LOWER && bottom - first < length) span.end = bottom - first;
  if (triangle == LEFT_UPPER && top > first) span.begin = top - first;
  return span;
}

static void zero(long rows, long columns, float *c, long c_stride) {
  for (long i = 0; i < rows; i++) memset(c + i * c_stride, 0, sizeof(float) * columns);
}

static void product(long m, long n, long k, const float *a, long row_stride, long column_stride, const float *packed,
                    float *c, long c_stride, float alpha, int accumulate, int triangle) {
  static _Thread_local struct Memory memory;
  const int by_rows = column_stride == 1, by_strips = !by_rows && panels(n) >= FEWEST_PANELS && k * column_stride > NEAR;
  const long depth = block_of(k, KC), height = block_of(m, MC), stride = by_rows ? row_stride : column_stride;
  const long step = by_strips ? MR : column_stride; /* from one column of the left factor to the next */
  float *const strips = by_strips ? reserve(&memory, parts(height, MR) * strip_of(depth)) : NULL;
  Kernel *const tile = by_rows ? tile_of_rows : by_strips ? tile_of_strip : tile_of_columns;
  Kernel *const edge = by_rows ? edge_of_rows : by_strips ? edge_of_strip : edge_of_columns;
  for (long first = 0; first < k; first += depth) {
    const long length = least(depth, k - first);
    const int add = accumulate || first > 0;
    for (long top = 0; top < m; top += height) {
      const struct Tiles tiles = tiles_of(least(height, m - top));
      const float *const left = a + top * row_stride + first * column_stride;
      if (by_strips) pack_strips(tiles, m - top, length, left, stride, strips);
      for (long panel = 0; panel < panels(n); panel++) {
        const float *const b = packed + panel * length * NR;
        const int columns = (int)least(NR, n - panel * NR);
        const float *x = by_strips ? strips : left;
        for (long t = 0, i = top, rows; t < tiles.count; t++, i += rows, x += by_strips ? strip_of(length) : rows * row_stride) {
          rows = tiles.height + (t < tiles.taller);
          float *const to = c + i * c_stride + panel * NR;
          const struct Span p = span_of(triangle, i, i + rows, panel * NR, first, length);
          if (p.begin < p.end)
            (columns == NR ? tile : edge)((int)rows, p.end - p.begin, x + p.begin * step, stride, b + p.begin * NR, to, c_stride,
                                          columns, alpha, add);
          else if (!add) zero(rows, columns, to, c_stride);
        }
      }
    }
    packed += length * panels(n) * NR;
  }
}

#include "calls.h"

const struct runtime runtime = {pack, product, scratch, CALLS};
/* What the planner must know of the machine: how wide panels are packed, and how many floats make a vector. */
const int panel_columns = NR, vector_lanes = VL;
