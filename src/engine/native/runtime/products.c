/*
 * Products of float matrices as BLIS does them (Van Zee and van de Geijn 2015): a tile of MR x NR sums lives in registers
 * while k runs. Unlike there, factors are read where they are if that costs a tile nothing: a right one that lies row by row,
 * in whole vectors, and a left one that lies row by row or is small. Others are packed, the right one into panels of NR columns,
 * so that a tile reads it in a line, the left one into strips of MR rows.
 */
#include "products.h"
#include "vector.h"
#include <stdlib.h>
#include <string.h>

enum {
  MR = VL == 16 ? 12 : 6, NV = 2,         /* rows, and vectors of a row, of a tile: the sums leave registers for what they are made of */
  NR = VL * NV,                           /* columns of a tile */
  KC = NR > 16 ? 256 : 320,               /* most rows of a packed panel: with NR columns two thirds of a first-level cache */
  MC = 16 * MR,                           /* rows of the left factor that stay in the second-level cache while all panels pass */
  LINE = (MR + VL - 1) / VL * VL,         /* MR in whole vectors */
  LINE_FLOATS = 16,                       /* floats of a cache line */
  FEWEST_PANELS = 4,                      /* what strips are packed for at least ... */
  NEAR = 1 << 15,                         /* ... and not where the left factor, of so many floats, is in the second-level cache */
};

#define UNROLL _Pragma("GCC unroll 16")

/*
 * c [rows, columns] = alpha a b (+ c), rows and vectors being compile-time constants wherever this is inlined; of the last
 * vector `rest` columns count, 0 < rest <= VL.
 */
INLINE void tile(const int rows, const int vectors, const int rest, long k, const float *a, long row_stride, long column_stride,
                 const float *b, long b_stride, float *c, long c_stride, float alpha, int accumulate) {
  F sum[MR][NV];
  UNROLL for (int i = 0; i < rows; i++) {
    UNROLL for (int j = 0; j < vectors; j++) __builtin_prefetch(c + i * c_stride + j * VL, 1);
    UNROLL for (int j = 0; j < vectors; j++) sum[i][j] = f_splat(0);
  }
  for (long p = 0; p < k; p++) {
    F row[NV];
    UNROLL for (int j = 0; j < vectors; j++) row[j] = f_load(b + p * b_stride + j * VL);
    UNROLL for (int i = 0; i < rows; i++) {
      const float x = a[i * row_stride + p * column_stride];
      UNROLL for (int j = 0; j < vectors; j++) sum[i][j] += x * row[j];
    }
  }
  UNROLL for (int i = 0; i < rows; i++) {
    UNROLL for (int j = 0; j < vectors; j++) {
      float *to = c + i * c_stride + j * VL;
      const F part = alpha * sum[i][j];
      if (j < vectors - 1 || rest == VL) f_store(to, accumulate ? f_load(to) + part : part);
      else f_store_part(to, accumulate ? f_load_part(to, rest) + part : part, rest);
    }
  }
}

#define TILE_OF(rows, vectors) \
  case rows: tile(rows, vectors, rest, k, a, row_stride, column_stride, b, b_stride, c, c_stride, alpha, accumulate); break;
#define TILES_UP_TO_6(vectors) \
  TILE_OF(1, vectors) TILE_OF(2, vectors) TILE_OF(3, vectors) TILE_OF(4, vectors) TILE_OF(5, vectors) TILE_OF(6, vectors)
#if VL == 16
#define TILES(vectors) TILES_UP_TO_6(vectors) \
  TILE_OF(7, vectors) TILE_OF(8, vectors) TILE_OF(9, vectors) TILE_OF(10, vectors) TILE_OF(11, vectors) TILE_OF(12, vectors)
#else
#define TILES TILES_UP_TO_6
#endif
/*
 * Tiles of one vector, and of two. Compiling them is most of what a first run waits for, so there is one form for all factors:
 * kinds of their own for factors by rows, by columns and in strips, and for vectors that are whole, were no faster.
 */
#define KERNEL(name, vectors) \
  static __attribute__((noinline)) void name(int rows, int rest, long k, const float *a, long row_stride, long column_stride, \
                                             const float *b, long b_stride, float *c, long c_stride, float alpha, int accumulate) { \
    switch (rows) { TILES(vectors) } \
  }
KERNEL(narrow_tile, 1)
KERNEL(wide_tile, NV)

static long least(long a, long b) { return a < b ? a : b; }
static long parts(long n, long size) { return (n + size - 1) / size; }
static long panels(long n) { return parts(n, NR); }
/* The size of blocks of at most so many that n is cut into, as equal as can be. */
static long block_of(long n, long most) { return n > 0 ? parts(n, parts(n, most)) : 1; }

/* The first halves of two vectors, or the second, element by element in turn. */
#if defined(__clang__)
#define IN_TURN(a, b, ...) __builtin_shufflevector(a, b, __VA_ARGS__)
#else
#define IN_TURN(a, b, ...) __builtin_shuffle(a, b, (I){__VA_ARGS__})
#endif
#if VL == 16
#define FIRST 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23
#define SECOND 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31
#elif VL == 8
#define FIRST 0, 8, 1, 9, 2, 10, 3, 11
#define SECOND 4, 12, 5, 13, 6, 14, 7, 15
#else
#define FIRST 0, 4, 1, 5
#define SECOND 2, 6, 3, 7
#endif

/*
 * VL rows of VL floats, turned: after as many rounds of taking in turn from both halves as VL has bits. Of fewer rows or
 * columns what is missing is zero.
 */
INLINE void turn(long rows, long columns, const float *from, long stride, float *to, long to_stride) {
  F line[VL], next[VL];
  UNROLL for (int i = 0; i < VL; i++)
    line[i] = i >= rows ? f_splat(0) : columns >= VL ? f_load(from + i * stride) : f_load_part(from + i * stride, (int)columns);
  UNROLL for (int half = 1; half < VL; half *= 2) {
    UNROLL for (int i = 0; i < VL / 2; i++) {
      next[2 * i] = IN_TURN(line[i], line[i + VL / 2], FIRST);
      next[2 * i + 1] = IN_TURN(line[i], line[i + VL / 2], SECOND);
    }
    UNROLL for (int i = 0; i < VL; i++) line[i] = next[i];
  }
  UNROLL for (int i = 0; i < VL; i++)
    if (i < columns) f_store(to + i * to_stride, line[i]);
}

/* A panel of the columns of b, which lie in a line each. */
static void pack_turned(long rows, long columns, const float *b, long column_stride, float *packed) {
  for (long q = 0; q < columns; q += VL, b += VL * column_stride)
    for (long p = 0; p < rows; p += VL) {
      float *const to = packed + p * NR + q;
      if (columns - q >= VL && rows - p >= VL) turn(VL, VL, b + p, column_stride, to, NR);
      else turn(columns - q, rows - p, b + p, column_stride, to, NR);
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
      if (column_stride == 1 && columns == NR) {
        for (long p = 0; p < rows; p++)
          for (int v = 0; v < NV; v++) f_store(packed + p * NR + v * VL, f_load(from + p * row_stride + v * VL));
      } else if (column_stride == 1) {
        const int whole = columns >= VL ? VL : 0, rest = (int)columns - whole;
        for (long p = 0; p < rows; p++) {
          if (whole) f_store(packed + p * NR, f_load(from + p * row_stride));
          if (rest) f_store(packed + p * NR + whole, f_load_part(from + p * row_stride + whole, rest));
        }
      } else if (row_stride == 1) {
        pack_turned(rows, columns, from, column_stride, packed);
      } else {
        memset(packed, 0, sizeof(float) * rows * NR);
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

/* Strips of the next `all` rows of a, whose columns lie in a line each, one for each tile; `left` rows are there to be read. */
static void pack_strips(struct Tiles tiles, long all, long left, long k, const float *a, long stride, float *strips) {
  enum { TOGETHER = 8 }; /* so many columns of every strip, before a cache line is filled and gone */
  for (long first = 0; first < k; first += TOGETHER) {
    const long last = least(first + TOGETHER, k), next = least(last + TOGETHER, k);
    /* Columns lie far apart: the processor does not see by itself where the next ones are. */
    for (long p = last; p < next; p++)
      for (long i = 0; i < all; i += LINE_FLOATS) __builtin_prefetch(a + p * stride + i);
    const float *from = a;
    float *to = strips;
    for (long t = 0, i = 0, rows; t < tiles.count; t++, i += rows, from += rows, to += strip_of(k)) {
      rows = tiles.height + (t < tiles.taller);
      if (i + LINE <= left) {
        for (long p = first; p < last; p++)
          UNROLL for (int v = 0; v < LINE; v += VL) f_store(to + p * MR + v, f_load(from + p * stride + v));
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

/* Of at most NR columns. */
static void zero(long rows, long columns, float *c, long c_stride) {
  for (long i = 0; i < rows; i++, c += c_stride)
    for (long j = 0; j < columns; j += VL)
      if (columns - j >= VL) f_store(c + j, f_splat(0));
      else f_store_part(c + j, f_splat(0), (int)(columns - j));
}

static void product(long m, long n, long k, const float *a, long row_stride, long column_stride, const float *b, long b_stride,
                    float *c, long c_stride, float alpha, int accumulate, int triangle) {
  static _Thread_local struct Memory memory;
  const int by_strips = column_stride != 1 && panels(n) >= FEWEST_PANELS && k * column_stride > NEAR;
  const long depth = block_of(k, KC), height = block_of(m, MC);
  const long step = by_strips ? MR : column_stride, line = b_stride ? b_stride : NR; /* from one column of a to the next, and row of b */
  float *const strips = by_strips ? reserve(&memory, parts(height, MR) * strip_of(depth)) : NULL;
  for (long first = 0; first < k; first += depth) {
    const long length = least(depth, k - first);
    const int add = accumulate || first > 0;
    for (long top = 0; top < m; top += height) {
      const struct Tiles tiles = tiles_of(least(height, m - top));
      const float *const left = a + top * row_stride + first * column_stride;
      if (by_strips) pack_strips(tiles, least(height, m - top), m - top, length, left, column_stride, strips);
      for (long panel = 0; panel < panels(n); panel++) {
        const float *const right = b + panel * NR * (b_stride ? 1 : length);
        const int all = (int)least(NR, n - panel * NR);
        const float *x = by_strips ? strips : left;
        for (long t = 0, i = top, rows; t < tiles.count; t++, i += rows, x += by_strips ? strip_of(length) : rows * row_stride) {
          rows = tiles.height + (t < tiles.taller);
          float *const to = c + i * c_stride + panel * NR;
          /* Beside a diagonal only the first vector of a row may be wanted. */
          const int columns = triangle == RESULT_LOWER && i + rows <= panel * NR + VL ? (int)least(VL, all) : all;
          const int rest = columns - (columns > VL) * VL;
          const struct Span p = span_of(triangle, i, i + rows, panel * NR, first, length);
          const int computed = p.begin < p.end ? columns : 0;
          if (computed)
            (columns > VL ? wide_tile : narrow_tile)((int)rows, rest, p.end - p.begin, x + p.begin * step, row_stride, step,
                                                     right + p.begin * line, line, to, c_stride, alpha, add);
          if (!add && computed < all) zero(rows, all - computed, to + computed, c_stride);
        }
      }
    }
    b += length * (b_stride ? b_stride : panels(n) * NR);
  }
}

#include "calls.h"

const struct runtime runtime = {pack, product, scratch, CALLS};
/* What the planner must know of the machine: how wide panels are packed, and how many floats make a vector. */
const int panel_columns = NR, vector_lanes = VL;
