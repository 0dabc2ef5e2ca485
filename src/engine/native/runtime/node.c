/* The bridge to Node.js: opens compiled programs and runs their kernels over a table. */
#include "products.h"
#include <dlfcn.h>
#include <node_api.h>
#include <pthread.h>
#include <sys/mman.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

extern const struct runtime runtime;
extern const int panel_columns, vector_lanes;

typedef void (*Kernel)(char **, const int32_t *);
enum { MOST_POINTERS = 64, HUGE_PAGE = 1 << 21 };

static napi_value failure(napi_env env, const char *message) {
  napi_throw_error(env, NULL, message);
  return NULL;
}

static void give_back(napi_env env, void *memory, void *hint) {
  (void)env, (void)hint;
  free(memory);
}

/* memory(bytes) -> an ArrayBuffer that begins with a cache line */
static napi_value allocate(napi_env env, napi_callback_info info) {
  size_t count = 1;
  napi_value argument, result;
  double bytes;
  napi_get_cb_info(env, info, &count, &argument, NULL, NULL);
  napi_get_value_double(env, argument, &bytes);
  const size_t line = (size_t)bytes < HUGE_PAGE ? 64 : HUGE_PAGE;
  const size_t rounded = ((size_t)bytes / line + 1) * line;
  void *memory = aligned_alloc(line, rounded);
  if (!memory) return failure(env, "not enough memory");
#ifdef MADV_HUGEPAGE
  if (line == HUGE_PAGE) madvise(memory, rounded, MADV_HUGEPAGE); /* fewer addresses to translate */
#endif
  if (napi_create_external_arraybuffer(env, memory, rounded, give_back, NULL, &result) == napi_ok) return result;
  free(memory);
  return failure(env, "this Node.js allows no memory of its own to native code");
}

/* open(path) -> an opened library of kernels: {handle, keys} */
static napi_value open_library(napi_env env, napi_callback_info info) {
  size_t count = 1, length;
  napi_value path;
  char text[4096];
  napi_get_cb_info(env, info, &count, &path, NULL, NULL);
  napi_get_value_string_utf8(env, path, text, sizeof text, &length);
  void *library = dlopen(text, RTLD_NOW | RTLD_LOCAL);
  if (!library) return failure(env, dlerror());
  const struct runtime **link = dlsym(library, "zoo");
  const Kernel *kernels = dlsym(library, "kernels");
  const char *keys = dlsym(library, "kernel_keys");
  if (!link || !kernels || !keys) return failure(env, "not a library of kernels");
  *link = &runtime;
  napi_value result, value;
  napi_create_object(env, &result);
  napi_create_external(env, (void *)kernels, NULL, NULL, &value);
  napi_set_named_property(env, result, "handle", value);
  napi_create_string_utf8(env, keys, NAPI_AUTO_LENGTH, &value);
  napi_set_named_property(env, result, "keys", value);
  return result;
}

/* link(libraries, numbers) -> a program: of each library, the kernel of that number */
static napi_value link_program(napi_env env, napi_callback_info info) {
  size_t count = 2, length;
  napi_value arguments[2], result;
  void *numbers;
  napi_get_cb_info(env, info, &count, arguments, NULL, NULL);
  napi_get_typedarray_info(env, arguments[1], NULL, &length, &numbers, NULL, NULL);
  Kernel *program = malloc((length + 1) * sizeof *program);
  if (!program) return failure(env, "not enough memory");
  for (uint32_t i = 0; i < length; i++) {
    napi_value library;
    void *kernels;
    napi_get_element(env, arguments[0], i, &library);
    napi_get_value_external(env, library, &kernels);
    program[i] = ((const Kernel *)kernels)[((const int32_t *)numbers)[i]];
  }
  napi_create_external(env, program, give_back, NULL, &result);
  return result;
}

/* What one thread computes: instructions [first, last) for slices `thread`, `thread + threads`, ... */
struct Work {
  const Kernel *kernels;
  const int32_t *table, *end;
  char **bases;
  const double *slice_strides, *thread_strides;
  int buffers, slices, threads, thread;
};

/* Instructions are (kernel, pointers, sizes, for each pointer (buffer, offset in bytes), each size). */
static void *compute(void *argument) {
  const struct Work *work = argument;
  char *bases[work->buffers];
  for (int slice = work->thread; slice < work->slices; slice += work->threads) {
    for (int i = 0; i < work->buffers; i++)
      bases[i] = work->bases[i] + (ptrdiff_t)(slice * work->slice_strides[i] + work->thread * work->thread_strides[i]);
    char *pointers[MOST_POINTERS];
    for (const int32_t *at = work->table; at < work->end;) {
      const Kernel kernel = work->kernels[at[0]];
      const int count = at[1], sizes = at[2];
      at += 3;
      for (int i = 0; i < count; i++, at += 2) pointers[i] = bases[at[0]] + at[1];
      kernel(pointers, at);
      at += sizes;
    }
  }
  return NULL;
}

/* run(program, table, bases, sliceStrides, threadStrides, slices, threads): strides in bytes, one per base */
static napi_value run(napi_env env, napi_callback_info info) {
  size_t count = 7, length;
  napi_value arguments[7];
  napi_get_cb_info(env, info, &count, arguments, NULL, NULL);
  void *kernels, *table, *slice_strides, *thread_strides;
  napi_get_value_external(env, arguments[0], &kernels);
  napi_get_typedarray_info(env, arguments[1], NULL, &length, &table, NULL, NULL);
  uint32_t buffers;
  napi_get_array_length(env, arguments[2], &buffers);
  char *bases[buffers];
  for (uint32_t i = 0; i < buffers; i++) {
    napi_value array;
    void *data;
    napi_get_element(env, arguments[2], i, &array);
    if (napi_get_typedarray_info(env, array, NULL, NULL, &data, NULL, NULL) != napi_ok) return failure(env, "not an array");
    bases[i] = data;
  }
  napi_get_typedarray_info(env, arguments[3], NULL, NULL, &slice_strides, NULL, NULL);
  napi_get_typedarray_info(env, arguments[4], NULL, NULL, &thread_strides, NULL, NULL);
  int32_t slices, threads;
  napi_get_value_int32(env, arguments[5], &slices);
  napi_get_value_int32(env, arguments[6], &threads);
  struct Work work[threads];
  pthread_t others[threads];
  bool started[threads];
  for (int thread = threads - 1; thread >= 0; thread--) {
    work[thread] = (struct Work){kernels, table, (int32_t *)table + length, bases, slice_strides, thread_strides,
                                 (int)buffers, slices, threads, thread};
    /* The calling thread is the first; what no thread can be had for it computes itself. */
    started[thread] = thread > 0 && pthread_create(&others[thread], NULL, compute, &work[thread]) == 0;
    if (!started[thread]) compute(&work[thread]);
  }
  for (int thread = 1; thread < threads; thread++)
    if (started[thread]) pthread_join(others[thread], NULL);
  return NULL;
}

NAPI_MODULE_INIT() {
  const struct { const char *name; napi_callback call; } functions[] = {
    {"memory", allocate}, {"open", open_library}, {"link", link_program}, {"run", run}};
  napi_value value;
  for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
    napi_create_function(env, functions[i].name, NAPI_AUTO_LENGTH, functions[i].call, NULL, &value);
    napi_set_named_property(env, exports, functions[i].name, value);
  }
  napi_create_int32(env, panel_columns, &value);
  napi_set_named_property(env, exports, "panelColumns", value);
  napi_create_int32(env, vector_lanes, &value);
  napi_set_named_property(env, exports, "lanes", value);
  return exports;
}
