/*
 * A single row times a matrix that is read where it lies: what a query gets of a key-value cache, which changes with every
 * token. Packing it would take longer than the product. Small sizes are compile-time constants where this is called.
 */
#ifndef ROWS_H
#define ROWS_H
#include "vector.h"

INLINE void row_store(float *to, F sum, const long columns, const float alpha, const int accumulate) {
  if (columns >= VL) f_store(to, accumulate ? f_load(to) + alpha * sum : alpha * sum);
  else f_store_part(to, accumulate ? f_load_part(to, (int)columns) + alpha * sum : alpha * sum, (int)columns);
}

/* The next `vectors` vectors of columns, of which `columns` are left; several sums each, so that none waits for the last. */
INLINE void row_by_lines_of(const int vectors, const long columns, const long k, const float *a, const long a_stride, const float *b,
                            const long stride, float *c, const float alpha, const int accumulate) {
  enum { SUMS = 4, MOST = 4 };
  F sum[SUMS][MOST];
  for (int s = 0; s < SUMS; s++)
    for (int v = 0; v < vectors; v++) sum[s][v] = f_splat(0);
#define TERM(s, p) \
  for (int v = 0; v < vectors; v++) { \
    const float *from = b + (p) * stride + v * VL; \
    sum[s][v] += a[(p) * a_stride] * (columns >= VL ? f_load(from) : f_load_part(from, (int)columns)); \
  }
  long p = 0;
  for (; p + SUMS <= k; p += SUMS)
    for (int s = 0; s < SUMS; s++) TERM(s, p + s)
  for (; p < k; p++) TERM(0, p)
#undef TERM
  for (int v = 0; v < vectors; v++)
    row_store(c + v * VL, (sum[0][v] + sum[1][v]) + (sum[2][v] + sum[3][v]), columns - v * VL, alpha, accumulate);
}

/* c [n] = alpha a b, or += , for b whose rows lie in a line each, `stride` apart */
INLINE void row_by_lines(const long n, const long k, const float *a, const long a_stride, const float *b, const long stride, float *c,
                         const float alpha, const int accumulate) {
  long j = 0;
  for (; j + 4 * VL <= n; j += 4 * VL) row_by_lines_of(4, n - j, k, a, a_stride, b + j, stride, c + j, alpha, accumulate);
  for (; j + 2 * VL <= n; j += 2 * VL) row_by_lines_of(2, n - j, k, a, a_stride, b + j, stride, c + j, alpha, accumulate);
  for (; j < n; j += VL) row_by_lines_of(1, n - j, k, a, a_stride, b + j, stride, c + j, alpha, accumulate);
}

/* The same for b whose columns lie in a line each, and a that does */
INLINE void row_by_columns(const long n, const long k, const float *a, const float *b, const long stride, float *c, const float alpha,
                           const int accumulate) {
  for (long j = 0; j < n; j++, b += stride) {
    F sum = f_splat(0);
    long p = 0;
    for (; p + VL <= k; p += VL) sum += f_load(a + p) * f_load(b + p);
    if (p < k) sum += f_load_part(a + p, (int)(k - p)) * f_load_part(b + p, (int)(k - p));
    c[j] = accumulate ? c[j] + alpha * f_sum(sum) : alpha * f_sum(sum);
  }
}

#endif
