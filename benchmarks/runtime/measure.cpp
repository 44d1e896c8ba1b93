// Loads the contestants, checks them against the reference and times them in turn; run.py reads what it
// prints.
//
//   measure [--rounds N] [--chunk MS] [--only WORKLOAD] [--heap] name=contestant.so …
//
// Lines are kind,workload,what,contestant,value with the kinds version, says (the workload in words), operations
// (of the matrix products of a call), error (relative), quiet (ns of the shortest probe of the core; 0 where it was
// never quiet for long, so that all turns count), time (ns a call), heap (allocations a call; needs heap.cpp preloaded),
// and peak (GFLOP/s of one core, measured between the workloads).
#include <dlfcn.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <string>

#include "core.hpp"
#include "reference.hpp"
#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace {

/// Rounding to nearest, nothing flushed to zero, no traps? A contestant that changed this would change all
/// others.
bool default_arithmetic() {
#if defined(__x86_64__)
  return (_mm_getcsr() & ~0x3fu) == 0x1f80;
#elif defined(__aarch64__)
  unsigned long control;
  asm("mrs %0, fpcr" : "=r"(control));
  return control == 0;
#else
  return true;
#endif
}
void expect_default_arithmetic(const char* when, const std::string& who) {
  if (default_arithmetic()) return;
  std::fprintf(stderr, "measure: the floating-point control register is not the default %s %s\n", when,
               who.c_str());
  std::exit(1);
}

struct contestant {
  std::string name;
  const contestant_row* rows;

  const contestant_row* find(const char* workload) const {
    for (const contestant_row* row = rows; row->workload; ++row)
      if (std::strcmp(row->workload, workload) == 0) return row;
    return nullptr;
  }
};

struct settings {
  int rounds = 21;
  double chunk = 4e6;  // ns
  const char* only = nullptr;
  bool heap = false;
};

void print(const char* kind, const char* workload, const char* what, const std::string& who, double value) {
  std::printf("%s,%s,%s,%s,%.9g\n", kind, workload, what, who.c_str(), value);
  std::fflush(stdout);
}

/// One thing that a contestant can do again and again; the argument counts the calls.
struct job {
  std::string who;
  std::function<void(long first, long count)> run;
};

/// All contestants in turn, a chunk each, round after round; the median of the rounds. Turns that a neighbour may
/// have shared are taken again, and count only where the core is never quiet.
void time_in_turn(const char* workload, const char* what, const std::vector<job>& jobs, const settings& s) {
  std::vector<long> counts(jobs.size());
  const auto timed = [&](std::size_t j, long count) {
    expect_default_arithmetic("before timing", jobs[j].who);
    const double start = core::now();
    jobs[j].run(0, count);
    return (core::now() - start) / static_cast<double>(count);
  };
  for (std::size_t j = 0; j < jobs.size(); ++j) {
    timed(j, 4);
    long count = 4;
    double each = timed(j, count);
    while (each * static_cast<double>(count) < s.chunk / 8) each = timed(j, count *= 4);
    counts[j] = std::max(1L, static_cast<long>(s.chunk / each));
  }
  const auto [shortest_probe, times] =
      core::take_turns(jobs.size(), static_cast<std::size_t>(s.rounds), [&](std::size_t j) { return timed(j, counts[j]); });
  print("quiet", workload, what, "", shortest_probe);
  for (std::size_t j = 0; j < jobs.size(); ++j) print("time", workload, what, jobs[j].who, times[j]);
}

void count_heap(const char* workload, const char* what, const std::vector<job>& jobs) {
  const auto allocations = reinterpret_cast<long (*)()>(dlsym(RTLD_DEFAULT, "heap_allocations"));
  if (!allocations) {
    std::fprintf(stderr, "measure: --heap needs the allocation counter preloaded\n");
    std::exit(1);
  }
  for (const job& j : jobs) {
    j.run(0, 10);
    constexpr long count = 100;
    const long before = allocations();
    j.run(0, count);
    print("heap", workload, what, j.who, static_cast<double>(allocations() - before) / count);
  }
}

void measure(const char* workload, const char* what, const std::vector<job>& jobs, const settings& s) {
  if (jobs.empty()) return;
  if (s.heap)
    count_heap(workload, what, jobs);
  else
    time_in_turn(workload, what, jobs, s);
}

/// |a - b| / |b - origin|
template <class A, class B>
double relative_error(const A& a, const B& b, const std::vector<float>* origin = nullptr) {
  double error = 0, size = 0;
  for (std::size_t i = 0; i < b.size(); ++i) {
    const double right = static_cast<double>(b[i]), off = static_cast<double>(a[i]) - right;
    const double moved = right - (origin ? static_cast<double>((*origin)[i]) : 0.0);
    error += off * off;
    size += moved * moved;
  }
  return std::sqrt(error / size);
}

// Adam's ε stands elsewhere in dlib, which is worth 2e-3 of the way in five steps.
constexpr double network_tolerance = 3e-3, program_tolerance = 1e-9;

void measure_network(const std::vector<contestant>& all, const bench::network_workload& w,
                     const settings& s) {
  const bench::network_data data(w);
  const auto x_of = [&](int batch) {
    return data.x.data() + static_cast<long>(batch) * w.batch * w.inputs();
  };
  const auto y_of = [&](int batch) {
    return data.y.data() + static_cast<long>(batch) * w.batch * w.outputs();
  };
  const auto labels_of = [&](int batch) { return data.labels.data() + static_cast<long>(batch) * w.batch; };
  const int batches = data.batches(w);
  constexpr int steps = 5;

  bench::network_reference reference(w, data.parameters);
  const std::vector<double> outputs = reference.outputs(x_of(0));
  for (int b = 0; b < steps; ++b) reference.step(x_of(b), y_of(b));

  std::vector<float> found(data.parameters.size()), said(outputs.size());
  std::vector<std::pair<const contestant_row*, void*>> made;
  std::vector<job> training, answering;
  for (const contestant& c : all) {
    const contestant_row* row = c.find(w.name);
    if (!row) continue;
    void* network = row->create();
    made.emplace_back(row, network);
    row->load(network, data.parameters.data());
    row->forward(network, x_of(0), said.data());
    for (int b = 0; b < steps; ++b) row->step(network, x_of(b), y_of(b), labels_of(b));
    row->store(network, found.data());
    row->load(network, data.parameters.data());
    const double of_step = relative_error(found, reference.parameters, &data.parameters);
    const double of_forward = relative_error(said, outputs);
    print("error", w.name, "step", c.name, of_step);
    print("error", w.name, "forward", c.name, of_forward);
    if (of_step < network_tolerance)
      training.push_back({c.name, [=](long first, long count) {
                            int b = static_cast<int>(first % batches);
                            for (long i = 0; i < count; ++i) {
                              row->step(network, x_of(b), y_of(b), labels_of(b));
                              if (++b == batches) b = 0;
                            }
                          }});
    if (of_forward < network_tolerance)
      answering.push_back({c.name, [=, &said](long first, long count) {
                             int b = static_cast<int>(first % batches);
                             for (long i = 0; i < count; ++i) {
                               row->forward(network, x_of(b), said.data());
                               if (++b == batches) b = 0;
                             }
                           }});
  }
  measure(w.name, "step", training, s);
  measure(w.name, "forward", answering, s);
  for (const auto& [row, network] : made) row->destroy(network);
}

void measure_program(const std::vector<contestant>& all, const bench::program_workload& w,
                     const settings& s) {
  const bench::program_data data(w);
  const auto inputs_of = [&](int set) { return data.inputs.data() + static_cast<long>(set) * w.inputs; };
  const auto data_of = [&](int set) { return data.data.data() + static_cast<long>(set) * w.data; };
  std::vector<double> results(static_cast<std::size_t>(w.results()));
  constexpr int checked = 3;
  std::vector<double> right[checked];
  for (int set = 0; set < checked; ++set)
    right[set] = bench::program_reference(w, inputs_of(set), data_of(set));

  std::vector<job> jobs;
  for (const contestant& c : all) {
    const contestant_row* row = c.find(w.name);
    if (!row) continue;
    double error = 0;
    for (int set = 0; set < checked; ++set) {
      row->program(inputs_of(set), data_of(set), results.data());
      error = std::max(error, relative_error(results, right[set]));
    }
    print("error", w.name, "gradient", c.name, error);
    if (error < program_tolerance)
      jobs.push_back({c.name, [=, &results](long first, long count) {
                        int set = static_cast<int>(first % data.sets);
                        for (long i = 0; i < count; ++i) {
                          row->program(inputs_of(set), data_of(set), results.data());
                          if (++set == data.sets) set = 0;
                        }
                      }});
  }
  measure(w.name, "gradient", jobs, s);
}

contestant loaded(const std::string& argument) {
  const std::size_t sign = argument.find('=');
  const std::string name = argument.substr(0, sign),
                    file = sign == std::string::npos ? name : argument.substr(sign + 1);
  void* object = dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (!object) {
    std::fprintf(stderr, "measure: %s\n", dlerror());
    std::exit(1);
  }
  expect_default_arithmetic("after loading", name);
  const auto rows = reinterpret_cast<const contestant_row* (*)()>(dlsym(object, "contestant_rows"));
  const auto version = reinterpret_cast<const char* (*)()>(dlsym(object, "contestant_version"));
  if (!rows || !version) {
    std::fprintf(stderr, "measure: %s is no contestant\n", file.c_str());
    std::exit(1);
  }
  std::printf("version,,,%s,%s\n", name.c_str(), version());
  return {name, rows()};
}

}  // namespace

int main(int count, char** arguments) {
  settings s;
  std::vector<contestant> all;
  for (int i = 1; i < count; ++i) {
    const std::string argument = arguments[i];
    const auto value = [&] { return i + 1 < count ? arguments[++i] : "0"; };
    if (argument == "--rounds")
      s.rounds = std::max(1, std::atoi(value()));
    else if (argument == "--chunk")
      s.chunk = std::atof(value()) * 1e6;
    else if (argument == "--only")
      s.only = value();
    else if (argument == "--heap")
      s.heap = true;
    else
      all.push_back(loaded(argument));
  }
  const auto wanted = [&](const char* name) { return !s.only || std::strcmp(s.only, name) == 0; };
  for (const auto& w : bench::networks)
    if (wanted(w.name)) {
      std::printf("says,%s,,,%s\n", w.name, w.says);
      print("operations", w.name, "step", "", w.operations(true));
      print("operations", w.name, "forward", "", w.operations(false));
      if (!s.heap) print("peak", w.name, "float", "", core::peak_rate());
      measure_network(all, w, s);
    }
  for (const auto& w : bench::programs)
    if (wanted(w.name)) {
      std::printf("says,%s,,,%s\n", w.name, w.says);
      measure_program(all, w, s);
    }
}
