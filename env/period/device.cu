#include <cuda_runtime.h>

#include "env/core/error.h"
#include "env/period/device.h"
#include "env/period/draws.h"
#include "env/period/run_parts.h"

namespace restock::period {

namespace {

constexpr unsigned kThreadsPerBlock = 128;

void check(cudaError_t status, const char* what) {
  if (status == cudaSuccess) return;
  throw InputError(std::string("CUDA: ") + what + ": " + cudaGetErrorString(status));
}

/// Memory of the device, given back at the end.
template <class T>
class DeviceArray {
 public:
  explicit DeviceArray(std::size_t count) : count_(count) {
    check(cudaMalloc(&data_, count * sizeof(T)), "memory");
    check(cudaMemset(data_, 0, count * sizeof(T)), "memory");
  }
  explicit DeviceArray(const std::vector<T>& values) : DeviceArray(values.size()) {
    check(cudaMemcpy(data_, values.data(), count_ * sizeof(T), cudaMemcpyHostToDevice), "copy");
  }
  DeviceArray(const DeviceArray&) = delete;
  DeviceArray& operator=(const DeviceArray&) = delete;
  ~DeviceArray() { cudaFree(data_); }

  T* data() const { return data_; }
  void copy_to(T* host) const {
    check(cudaMemcpy(host, data_, count_ * sizeof(T), cudaMemcpyDeviceToHost), "copy");
  }

 private:
  std::size_t count_;
  T* data_ = nullptr;
};

/// A table on the device.
class DeviceTable {
 public:
  explicit DeviceTable(const DrawTable& table)
      : view_(table.view()),
        cells_(std::vector<std::uint64_t>(view_.cells, view_.cells + table.cells())),
        thresholds_(std::vector<std::uint64_t>(view_.thresholds, view_.thresholds + view_.count)) {
    view_.cells = cells_.data();
    view_.thresholds = thresholds_.data();
  }
  const TableView& view() const { return view_; }

 private:
  TableView view_;
  DeviceArray<std::uint64_t> cells_;
  DeviceArray<std::uint64_t> thresholds_;
};

/// Everything that all threads read.
struct Task {
  Horizon horizon;
  std::int64_t initial_on_hand;
  Limits<std::int32_t> limits;
  TableView demand;
  TableView lead_time;
  RunKey run;
  std::uint64_t entity;
  std::int32_t* ring;  ///< [units, receipts][slots][environments]
  std::int64_t slots;
  std::int64_t environments;
  Outcome* outcomes;
};

/// One environment a thread. The ring lies so that neighbouring threads read neighbouring numbers.
template <bool kLosesSales, bool kDrawnLead, class Rule>
__global__ void run_environment(Task task, Rule rule) {
  const std::int64_t index = std::int64_t{blockIdx.x} * blockDim.x + threadIdx.x;
  if (index >= task.environments) return;
  RunKey run = task.run;
  run.replication += static_cast<std::uint64_t>(index);
  const TableDraws<std::int32_t> draws{Stream(run, Purpose::demand, task.entity),
                                       Stream(run, Purpose::lead_time, task.entity),
                                       {task.demand},
                                       task.lead_time};
  std::int32_t* const units = task.ring + index;
  const std::int64_t n = task.environments;
  Outcome outcome;
  if constexpr (kDrawnLead)
    simulate<kLosesSales>(
        task.horizon, task.initial_on_hand,
        DrawnLead<std::int32_t>{units, units + task.slots * n, n, task.slots - 1, task.lead_time.first == 0},
        rule, task.limits, draws, &outcome);
  else
    simulate<kLosesSales>(task.horizon, task.initial_on_hand,
                          ConstantLead<std::int32_t>{units, n, task.slots - 1, task.lead_time.first}, rule,
                          task.limits, draws, &outcome);
  task.outcomes[index] = outcome;
}

template <bool kLosesSales, bool kDrawnLead, class Rule>
void launch(const Task& task, const Rule& rule) {
  const auto blocks = static_cast<unsigned>((task.environments + kThreadsPerBlock - 1) / kThreadsPerBlock);
  run_environment<kLosesSales, kDrawnLead><<<blocks, kThreadsPerBlock>>>(task, rule);
  check(cudaGetLastError(), "start of the kernel");
  check(cudaDeviceSynchronize(), "kernel");
}

void launch_for(const Sku& sku, const Task& task) {
  std::visit(
      [&](const auto& rule) {
        const auto lane_rule = rule.template as<std::int32_t>();
        const bool constant = has_constant_lead_time(sku);
        if (sku.loses_sales)
          constant ? launch<true, false>(task, lane_rule) : launch<true, true>(task, lane_rule);
        else
          constant ? launch<false, false>(task, lane_rule) : launch<false, true>(task, lane_rule);
      },
      sku.rule);
}

}  // namespace

Device find_device() {
  int count = 0;
  const cudaError_t status = cudaGetDeviceCount(&count);
  if (status != cudaSuccess) return {false, cudaGetErrorString(status)};
  if (count == 0) return {false, "no device"};
  cudaDeviceProp properties;
  if (cudaGetDeviceProperties(&properties, 0) != cudaSuccess) return {false, "the device does not answer"};
  return {true, properties.name};
}

void run_on_device(const Sku& sku, const RunKey& run, std::span<Outcome> outcomes) {
  if (outcomes.empty()) return;
  if (!fits_lockstep(sku) || sku.demand.size() > 1)
    throw InputError("quantities do not fit into the 32 bits of the device's lanes, or demand has a pattern");
  const DeviceTable demand(sku.demand.front());
  const DeviceTable lead_time(sku.lead_time.front());
  const std::size_t slots = ring_slots(sku);
  const std::size_t rings = has_constant_lead_time(sku) ? 1 : 2;
  const DeviceArray<std::int32_t> ring(rings * slots * outcomes.size());
  const DeviceArray<Outcome> results(outcomes.size());
  launch_for(
      sku, {horizon_of(sku, narrow_days_between_sums(sku)), sku.initial_on_hand, limits_of<std::int32_t>(sku),
            demand.view(), lead_time.view(), run, sku.entity, ring.data(), static_cast<std::int64_t>(slots),
            static_cast<std::int64_t>(outcomes.size()), results.data()});
  results.copy_to(outcomes.data());
  for (const Outcome& outcome : outcomes) check_conservation(sku, outcome);
}

}  // namespace restock::period
