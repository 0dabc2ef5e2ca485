/* Operators that are neither loops nor products. Each is given its sizes, its inputs and its outputs. */
#include "calls.h"
#include "vector.h"
#include <string.h>

/* Zeros where there is nothing to copy. */
static void copy_block(char *to, const char *from, long bytes) {
  if (from) memcpy(to, from, bytes);
  else memset(to, 0, bytes);
}

/* sizes: outer, along, inner, count, bytes; x [outer, along, inner], indices [count] -> [outer, count, inner] */
void gather(const long *sizes, char **p) {
  const long along = sizes[1], count = sizes[3], bytes = sizes[2] * sizes[4];
  const int32_t *indices = (const int32_t *)p[1];
  char *to = p[2];
  for (long i = 0; i < sizes[0]; i++)
    for (long k = 0; k < count; k++, to += bytes) {
      const long index = indices[k] < 0 ? indices[k] + along : indices[k];
      copy_block(to, index < 0 || index >= along ? NULL : p[0] + (i * along + index) * bytes, bytes);
    }
}

/* sizes: outer, along, inner, sign, whether x holds integers; the first greatest (least) along the middle */
void extreme_position(const long *sizes, char **p) {
  const long along = sizes[1], inner = sizes[2];
  const float *reals = (const float *)p[0];
  const int32_t *integers = (const int32_t *)p[0];
  int32_t *to = (int32_t *)p[1];
  for (long i = 0; i < sizes[0]; i++)
    for (long k = 0; k < inner; k++) {
      const long start = i * along * inner + k;
      long best = 0;
      for (long j = 1; j < along; j++) {
        const long at = start + j * inner, now = start + best * inner;
        const int is_better = sizes[4] ? (sizes[3] > 0 ? integers[at] > integers[now] : integers[at] < integers[now])
                                       : (sizes[3] > 0 ? reals[at] > reals[now] : reals[at] < reals[now]);
        if (is_better) best = j;
      }
      to[i * inner + k] = (int32_t)best;
    }
}

/* sizes: outer, along, inner, exclusive, reverse, whether x holds integers */
void cumulative_sum(const long *sizes, char **p) {
  const long along = sizes[1], inner = sizes[2];
  for (long i = 0; i < sizes[0]; i++)
    for (long k = 0; k < along; k++) {
      const long step = sizes[4] ? -inner : inner;
      const long at = (i * along + (sizes[4] ? along - 1 - k : k)) * inner;
      for (long j = at; j < at + inner; j++) {
        if (sizes[5]) {
          const int32_t *x = (const int32_t *)p[0];
          int32_t *to = (int32_t *)p[1];
          const int32_t before = k > 0 ? to[j - step] : 0;
          to[j] = sizes[3] ? (k > 0 ? before + x[j - step] : 0) : before + x[j];
        } else {
          const float *x = (const float *)p[0];
          float *to = (float *)p[1];
          const float before = k > 0 ? to[j - step] : 0;
          to[j] = sizes[3] ? (k > 0 ? before + x[j - step] : 0) : before + x[j];
        }
      }
    }
}

/* sizes: outer, along, inner, count, sign, whether x holds integers; the greatest (least) along the middle and their positions */
void extremes(const long *sizes, char **p) {
  const long along = sizes[1], inner = sizes[2], count = sizes[3];
  const float *reals = (const float *)p[0];
  const int32_t *integers = (const int32_t *)p[0];
  int32_t *values = (int32_t *)p[1], *positions = (int32_t *)p[2];
  for (long i = 0; i < sizes[0] * inner; i++) {
    const long start = i / inner * along * inner + i % inner;
    int32_t *places = positions + i / inner * count * inner + i % inner;
    long found = 0;
    for (long j = 0; j < along; j++) {
      const long at = start + j * inner;
      long rank = found; /* those before it are greater, or as great and came earlier */
      for (; rank > 0; rank--) {
        const long other = start + places[(rank - 1) * inner] * inner;
        const int is_better = sizes[5] ? (sizes[4] > 0 ? integers[at] > integers[other] : integers[at] < integers[other])
                                       : (sizes[4] > 0 ? reals[at] > reals[other] : reals[at] < reals[other]);
        if (!is_better) break;
        if (rank < count) places[rank * inner] = places[(rank - 1) * inner];
      }
      if (rank < count) places[rank * inner] = (int32_t)j;
      if (found < count) found++;
    }
    for (long k = 0; k < count; k++) values[places - positions + k * inner] = integers[start + places[k * inner] * inner];
  }
}

/* Which place in an array of these extents an index addresses; -1 for one out of range. Negative numbers count from the end. */
static long place_of(const int32_t *index, long depth, const long *extents) {
  long place = 0;
  for (long axis = 0; axis < depth; axis++) {
    const long at = index[axis] < 0 ? index[axis] + extents[axis] : index[axis];
    if (at < 0 || at >= extents[axis]) return -1;
    place = place * extents[axis] + at;
  }
  return place;
}

/* sizes: count, depth, bytes, extents; x [extents, bytes], indices [count, depth] -> [count, bytes] */
void gather_blocks(const long *sizes, char **p) {
  const long depth = sizes[1], bytes = sizes[2];
  const int32_t *indices = (const int32_t *)p[1];
  for (long i = 0; i < sizes[0]; i++) {
    const long place = place_of(indices + i * depth, depth, sizes + 3);
    copy_block(p[2] + i * bytes, place < 0 ? NULL : p[0] + place * bytes, bytes);
  }
}

/* sizes: count, depth, bytes, extents; x [extents, bytes] with blocks replaced: indices [count, depth], updates [count, bytes] */
void scatter_blocks(const long *sizes, char **p) {
  const long depth = sizes[1], bytes = sizes[2];
  const int32_t *indices = (const int32_t *)p[1];
  long places = 1;
  for (long axis = 0; axis < depth; axis++) places *= sizes[3 + axis];
  memcpy(p[3], p[0], places * bytes);
  for (long i = 0; i < sizes[0]; i++) {
    const long place = place_of(indices + i * depth, depth, sizes + 3);
    if (place >= 0) memcpy(p[3] + place * bytes, p[2] + i * bytes, bytes);
  }
}

/*
 * sizes: axis, whether updates are added, whether x holds integers, rank, extents of x, extents of the indices;
 * x with elements replaced: updates [like the indices], which say where along the axis
 */
void scatter_elements(const long *sizes, char **p) {
  const long axis = sizes[0], rank = sizes[3];
  const long *extents = sizes + 4, *counts = extents + rank;
  const int32_t *indices = (const int32_t *)p[1], *integers = (const int32_t *)p[2];
  int32_t *to = (int32_t *)p[3];
  long size = 1, updates = 1;
  for (long i = 0; i < rank; i++) size *= extents[i], updates *= counts[i];
  memcpy(to, p[0], size * sizeof *to);
  for (long i = 0; i < updates; i++) {
    long at = 0, stride = 1, rest = i;
    for (long k = rank - 1; k >= 0; stride *= extents[k], rest /= counts[k], k--) {
      const long place = k == axis ? place_of(indices + i, 1, extents + k) : rest % counts[k];
      at = place < 0 || at < 0 ? -1 : at + place * stride;
    }
    if (at < 0) continue;
    if (!sizes[1]) to[at] = integers[i];
    else if (sizes[2]) to[at] = (int32_t)((uint32_t)to[at] + (uint32_t)integers[i]);
    else ((float *)to)[at] += ((const float *)integers)[i];
  }
}

/* sizes: rank, bytes, extents of x, extents of the result, what stands before x; mirrored at the first and last elements */
void reflect(const long *sizes, char **p) {
  const long rank = sizes[0], bytes = sizes[1];
  const long *extents = sizes + 2, *padded = extents + rank, *before = padded + rank;
  long size = 1;
  for (long k = 0; k < rank; k++) size *= padded[k];
  for (long i = 0; i < size; i++) {
    long from = 0, stride = 1, rest = i;
    for (long k = rank - 1; k >= 0; stride *= extents[k], rest /= padded[k], k--) {
      long at = rest % padded[k] - before[k];
      if (at < 0) at = -at;
      if (at >= extents[k]) at = 2 * (extents[k] - 1) - at;
      from += at * stride;
    }
    memcpy(p[1] + i * bytes, p[0] + from * bytes, bytes);
  }
}

/* sizes: m, n, k, strides of rows and columns of a, those of b, rank of the batch, its extents, strides of a along it, of b */
void integer_product(const long *sizes, char **p) {
  const long m = sizes[0], n = sizes[1], k = sizes[2], rank = sizes[7];
  const long *extents = sizes + 8, *a_strides = extents + rank, *b_strides = a_strides + rank;
  uint32_t *to = (uint32_t *)p[2]; /* sums wrap around */
  long matrices = 1;
  for (long axis = 0; axis < rank; axis++) matrices *= extents[axis];
  for (long matrix = 0; matrix < matrices; matrix++) {
    const uint32_t *a = (const uint32_t *)p[0], *b = (const uint32_t *)p[1];
    for (long axis = rank - 1, rest = matrix; axis >= 0; rest /= extents[axis], axis--) {
      a += rest % extents[axis] * a_strides[axis];
      b += rest % extents[axis] * b_strides[axis];
    }
    for (long i = 0; i < m; i++)
      for (long j = 0; j < n; j++, to++) {
        *to = 0;
        for (long l = 0; l < k; l++) *to += a[i * sizes[3] + l * sizes[4]] * b[l * sizes[5] + j * sizes[6]];
      }
  }
}

/*
 * sizes: whether it goes back, batch, outputs, inputs, groups; then height and width each of x, y, the filter, strides,
 * dilations, and what is padded before; x [batch, inputs, ...], filter [outputs, inputs / groups, ...] -> y [batch, outputs, ...];
 * back: y, filter -> what y gives to each element of x
 */
void convolution(const long *sizes, char **p) {
  const long back = sizes[0], batch = sizes[1], outputs = sizes[2], inputs = sizes[3], groups = sizes[4];
  const long *x_size = sizes + 5, *y_size = sizes + 7, *window = sizes + 9;
  const long *stride = sizes + 11, *dilation = sizes + 13, *padding = sizes + 15;
  const long per_group = inputs / groups, x_area = x_size[0] * x_size[1], y_area = y_size[0] * y_size[1];
  float *const xs = (float *)p[back ? 2 : 0], *const ys = (float *)p[back ? 0 : 2];
  memset(p[2], 0, sizeof(float) * batch * (back ? inputs * x_area : outputs * y_area));
  for (long item = 0; item < batch; item++)
    for (long output = 0; output < outputs; output++)
      for (long input = 0; input < per_group; input++) {
        const float *weight = (const float *)p[1] + (output * per_group + input) * window[0] * window[1];
        float *y = ys + (item * outputs + output) * y_area;
        float *x = xs + (item * inputs + output / (outputs / groups) * per_group + input) * x_area;
        for (long row = 0; row < window[0]; row++)
          for (long column = 0; column < window[1]; column++, weight++)
            for (long i = 0; i < y_size[0]; i++)
              for (long j = 0; j < y_size[1]; j++) {
                const long at[] = {i * stride[0] + row * dilation[0] - padding[0], j * stride[1] + column * dilation[1] - padding[1]};
                if (at[0] < 0 || at[0] >= x_size[0] || at[1] < 0 || at[1] >= x_size[1]) continue;
                if (back) x[at[0] * x_size[1] + at[1]] += *weight * y[i * y_size[1] + j];
                else y[i * y_size[1] + j] += *weight * x[at[0] * x_size[1] + at[1]];
              }
      }
}

/* to [width] = x + y, and this may be in the place of either */
static void add_row(float *to, const float *x, const float *y, long width) {
  long j = 0;
  for (; j + VL <= width; j += VL) f_store(to + j, f_load(x + j) + f_load(y + j));
  for (; j < width; j++) to[j] = x[j] + y[j];
}

/*
 * sizes: classes, width, rows, whether there is a bias; table [classes, width], indices [rows], bias [width] -> [rows, width],
 * zeros for an index out of range, plus the bias
 */
void look_up(const long *sizes, char **p) {
  const long width = sizes[1], biased = sizes[3];
  const int32_t *indices = (const int32_t *)p[1];
  const float *const bias = biased ? (const float *)p[2] : NULL;
  float *to = (float *)p[biased ? 3 : 2];
  for (long i = 0; i < sizes[2]; i++, to += width) {
    const float *const row = indices[i] < 0 || indices[i] >= sizes[0] ? NULL : (const float *)p[0] + indices[i] * width;
    if (row && bias) add_row(to, row, bias, width);
    else copy_block((char *)to, (const char *)(row ? row : bias), sizeof(float) * width);
  }
}

/* sizes: classes, width, rows, whether to add; x [rows, width], indices [rows] -> [classes, width], for each class the sum of its rows */
void sum_rows(const long *sizes, char **p) {
  const long width = sizes[1];
  const float *x = (const float *)p[0];
  const int32_t *indices = (const int32_t *)p[1];
  if (!sizes[3]) memset(p[2], 0, sizeof(float) * sizes[0] * width);
  for (long i = 0; i < sizes[2]; i++, x += width) {
    if (indices[i] < 0 || indices[i] >= sizes[0]) continue;
    float *const to = (float *)p[2] + indices[i] * width;
    add_row(to, to, x, width);
  }
}

/* `along`: of each extent, outermost first, its size and the strides of what is read and written */
static void copy_words(const int32_t *from, int32_t *to, long extents, const long *along) {
  const long extent = along[0], step = along[1], to_step = along[2];
  if (extents > 1) {
    for (long i = 0; i < extent; i++) copy_words(from + i * step, to + i * to_step, extents - 1, along + 3);
    return;
  }
  if (to_step != 1)
    for (long i = 0; i < extent; i++) to[i * to_step] = from[i * step];
  else if (step == 1) memcpy(to, from, sizeof *to * extent);
  else {
    long i = 0;
    for (; i + VL <= extent; i += VL) i_store(to + i, i_load_strided(from + i * step, step, VL));
    for (; i < extent; i++) to[i] = from[i * step];
  }
}

/* sizes: extents, and of each its size and the strides in x and in the result, outermost first; of 4 bytes an element */
void copy(const long *sizes, char **p) { copy_words((const int32_t *)p[0], (int32_t *)p[1], sizes[0], sizes + 1); }
