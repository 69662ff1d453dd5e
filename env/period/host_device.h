// RESTOCK_HOST_DEVICE marks what nvcc compiles for the device too.
#pragma once

#ifdef __CUDACC__
#define RESTOCK_HOST_DEVICE __host__ __device__
#else
#define RESTOCK_HOST_DEVICE
#endif
