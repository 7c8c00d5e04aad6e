#pragma once
/// TQ_HD marks scalar kernel functions that may also be compiled for a GPU, and that must be inlined, or loops over them
/// do not vectorise; TQ_RESTRICT promises no aliasing.
#if defined(__CUDACC__)
#define TQ_HD __host__ __device__
#else
#define TQ_HD [[gnu::always_inline]]
#endif
#define TQ_RESTRICT __restrict__
