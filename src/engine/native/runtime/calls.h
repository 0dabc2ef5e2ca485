/* Operators that are neither loops nor products; `callNames` of calls.ts has them in the order of CALLS. */
#ifndef CALLS_H
#define CALLS_H

typedef void Call(const long *sizes, char **pointers);
extern Call gather, extreme_position, cumulative_sum, extremes, gather_blocks, scatter_blocks, scatter_elements, reflect,
    integer_product, convolution, look_up, sum_rows, copy;

#define CALLS {gather, extreme_position, cumulative_sum, extremes, gather_blocks, scatter_blocks, scatter_elements, reflect, \
               integer_product, convolution, look_up, sum_rows, copy}

#endif
