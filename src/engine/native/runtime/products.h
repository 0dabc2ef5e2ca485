/* Products of matrices: declared for generated code, which reaches them through `struct runtime`. */
#ifndef PRODUCTS_H
#define PRODUCTS_H
#include <stddef.h>

/* What a product may leave out: where the result is not wanted above its diagonal, or the left factor is zero there or below. */
enum { WHOLE, RESULT_LOWER, LEFT_LOWER, LEFT_UPPER };

/* What generated code may call. The order is part of the agreement between runtime and program. */
struct runtime {
  /* b [k, n] with any strides -> packed, as `product` reads it; `packed_size` floats. */
  void (*pack)(long k, long n, const float *b, long row_stride, long column_stride, float *packed);
  /*
   * c [m, n] = alpha a b, or c += alpha a b; one of the strides of a is 1, rows of c are `c_stride` apart. Those of b are
   * `b_stride` apart and whole vectors, or b is packed and the stride 0. What is not wanted is zero or as it was.
   */
  void (*product)(long m, long n, long k, const float *a, long row_stride, long column_stride, const float *b, long b_stride,
                  float *c, long c_stride, float alpha, int accumulate, int triangle);
  /* Memory of the calling thread, valid until its next call. */
  float *(*scratch)(long floats);
  /* What is neither a loop nor a product; `calls.ts` names them in this order. */
  void (*calls[16])(const long *sizes, char **pointers);
};

#endif
