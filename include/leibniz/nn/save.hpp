#pragma once
#include <array>
#include <filesystem>
#include <span>
#include <string>
#include <utility>

#include <leibniz/nn/file.hpp>
#include <leibniz/nn/trainer.hpp>

#if defined(__cpp_exceptions)

namespace leibniz::nn {

namespace detail {
struct text_collector {
  std::string text;
  void operator()(const char* piece) { text += piece; }
  void operator()(std::size_t number) { text += std::to_string(number); }
};
template <class Layers>
struct architecture_of;
template <class Input, class... Layers>
struct architecture_of<network<Input, Layers...>> {
  static std::string text() {
    text_collector out;
    layer_name<Input>::write(out);
    ((out(", "), layer_name<Layers>::write(out)), ...);
    return out.text;
  }
};

template <class V, class Axes = std::make_index_sequence<static_cast<std::size_t>(V::extents.rank)>>
struct block_of;
template <class V, std::size_t... I>
struct block_of<V, std::index_sequence<I...>> {
  static constexpr std::array<std::size_t, sizeof...(I)> extents{static_cast<std::size_t>(V::extents.extent[I])...};
  static parameter_block block() { return {V::name.view(), extents}; }
};
}  // namespace detail

/// The layers of a network in words, as a parameter file names them.
template <class Network>
std::string architecture() {
  return detail::architecture_of<Network>::text();
}

/// Writes the parameters to a file that names the architecture. Throws `file_error` if it cannot; then an older file
/// of that name is as it was.
template <class Network, class T, class... V>
void save(const std::filesystem::path& path, const parameters<Network, T, variables<V...>>& p) {
  const std::array<parameter_block, sizeof...(V)> blocks{detail::block_of<V>::block()...};
  std::apply(
      [&](const auto&... value_) {
        const std::array<std::span<const T>, sizeof...(V)> spans_{std::span<const T>(value_.data(), value_.size())...};
        write_parameters<T>(path, architecture<Network>(), blocks, spans_);
      },
      p.values);
}

/// Reads what `save` wrote. Throws `file_error`, saying what was expected and what was found, if the file is of
/// another architecture or scalar type, cut short or damaged; then the parameters are as they were.
template <class Network, class T, class... V>
void load(const std::filesystem::path& path, parameters<Network, T, variables<V...>>& p) {
  const std::array<parameter_block, sizeof...(V)> blocks{detail::block_of<V>::block()...};
  std::apply(
      [&](auto&... value_) {
        const std::array<std::span<T>, sizeof...(V)> spans_{std::span<T>(value_.data(), value_.size())...};
        read_parameters<T>(path, architecture<Network>(), blocks, spans_);
      },
      p.values);
}

}  // namespace leibniz::nn

#endif
