/* Operators that are neither loops nor products. Each is given its sizes, its inputs and its outputs. */
#include <stdint.h>
#include <string.h>

/* sizes: outer, along, inner, count, bytes; x [outer, along, inner], indices [count] -> [outer, count, inner] */
void gather(const long *sizes, char **p) {
  const long along = sizes[1], count = sizes[3], bytes = sizes[2] * sizes[4];
  const int32_t *indices = (const int32_t *)p[1];
  char *to = p[2];
  for (long i = 0; i < sizes[0]; i++)
    for (long k = 0; k < count; k++, to += bytes) {
      const long index = indices[k] < 0 ? indices[k] + along : indices[k];
      if (index < 0 || index >= along) memset(to, 0, bytes);
      else memcpy(to, p[0] + (i * along + index) * bytes, bytes);
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
