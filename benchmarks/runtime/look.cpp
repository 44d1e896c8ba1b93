// A single look with Google Benchmark: look contestant.so … [--benchmark_filter=N1b32/step …].
// For comparisons use run.py, which lets the contestants take turns.
#include <benchmark/benchmark.h>
#include <dlfcn.h>

#include <cstdio>
#include <memory>
#include <string>

#include "reference.hpp"

namespace {

void add_network(const contestant_row* row, const std::string& who, const bench::network_workload& w) {
  const auto data = std::make_shared<bench::network_data>(w);
  const auto x_of = [data, &w](int b) {
    return data->x.data() + static_cast<long>(b) * w.batch * w.inputs();
  };
  benchmark::RegisterBenchmark(
      (std::string(w.name) + "/step/" + who).c_str(), [=, &w](benchmark::State& state) {
        void* network = row->create();
        row->load(network, data->parameters.data());
        int b = 0;
        for (auto _ : state) {
          row->step(network, x_of(b), data->y.data() + static_cast<long>(b) * w.batch * w.outputs(),
                    data->labels.data() + static_cast<long>(b) * w.batch);
          if (++b == data->batches(w)) b = 0;
        }
        row->destroy(network);
      });
  benchmark::RegisterBenchmark((std::string(w.name) + "/forward/" + who).c_str(),
                               [=, &w](benchmark::State& state) {
                                 void* network = row->create();
                                 row->load(network, data->parameters.data());
                                 std::vector<float> outputs(static_cast<std::size_t>(w.batch * w.outputs()));
                                 int b = 0;
                                 for (auto _ : state) {
                                   row->forward(network, x_of(b), outputs.data());
                                   benchmark::ClobberMemory();
                                   if (++b == data->batches(w)) b = 0;
                                 }
                                 row->destroy(network);
                               });
}

void add_program(const contestant_row* row, const std::string& who, const bench::program_workload& w) {
  const auto data = std::make_shared<bench::program_data>(w);
  benchmark::RegisterBenchmark((std::string(w.name) + "/gradient/" + who).c_str(),
                               [=, &w](benchmark::State& state) {
                                 std::vector<double> results(static_cast<std::size_t>(w.results()));
                                 int set = 0;
                                 for (auto _ : state) {
                                   row->program(data->inputs.data() + set * w.inputs,
                                                data->data.data() + set * w.data, results.data());
                                   benchmark::ClobberMemory();
                                   if (++set == data->sets) set = 0;
                                 }
                               });
}

}  // namespace

int main(int count, char** arguments) {
  benchmark::Initialize(&count, arguments);
  for (int i = 1; i < count; ++i) {
    const std::string file = arguments[i];
    void* object = dlopen(file.find('/') == std::string::npos ? ("./" + file).c_str() : file.c_str(),
                          RTLD_NOW | RTLD_LOCAL);
    const auto rows =
        object ? reinterpret_cast<const contestant_row* (*)()>(dlsym(object, "contestant_rows")) : nullptr;
    if (!rows) {
      std::fprintf(stderr, "look: %s is no contestant: %s\n", file.c_str(), object ? "no rows" : dlerror());
      return 1;
    }
    const std::string who = file.substr(file.rfind('/') + 1);
    for (const contestant_row* row = rows(); row->workload; ++row) {
      for (const auto& w : bench::networks)
        if (std::string(row->workload) == w.name) add_network(row, who, w);
      for (const auto& w : bench::programs)
        if (std::string(row->workload) == w.name) add_program(row, who, w);
    }
  }
  benchmark::RunSpecifiedBenchmarks();
}
