// Learns to read handwritten digits with a network whose backpropagation the compiler derived.
#include <algorithm>
#include <boost/hana/for_each.hpp>
#include <chrono>
#include <exception>
#include <iostream>
#include <leibniz/nn.hpp>
#include <leibniz/nn/save.hpp>
#include <memory>
#include <numeric>
#include <stdexcept>
#include <string>
#include <vector>

#include "data.hpp"
#include "options.hpp"
#include "terminal.hpp"

namespace lz = leibniz;
namespace nn = leibniz::nn;

namespace {

// [network]
using digits_network = nn::network<nn::input<64>, nn::dense<32, nn::tanh>, nn::dense<10>>;
using idx_network =
    nn::network<nn::input<784>, nn::dense<16, nn::sigmoid>, nn::dense<16, nn::sigmoid>, nn::dense<10>>;
// [/network]

template <class Network>
using trainer_of = nn::trainer<Network, nn::softmax_cross_entropy, nn::sgd, digits::largest_batch, float>;

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

template <class Network>
void print_formulas() {
  constexpr auto C = nn::cost<Network, nn::softmax_cross_entropy>;
  std::cout << "network  " << nn::architecture<Network>() << ", " << Network::parameter_count << " parameters\n\n"
            << "one example, and what the compiler derived from it:\n";
  const auto line = [](std::string_view left, std::string_view right) {
    std::cout << "  " << left << " = " << right << "\n";
  };
  [&]<std::size_t... L>(std::index_sequence<L...>) {
    ((line("z" + std::to_string(L + 1), lz::text(Network::template weighted_input<L + 1>())),
      line("a" + std::to_string(L + 1), lz::text(Network::template layer<L + 1>()))),
     ...);
  }(std::make_index_sequence<Network::depth>{});
  line("C", lz::text(C));
  boost::hana::for_each(Network::parameters(), [&](auto parameter) {
    line("dC/d" + std::string(decltype(parameter)::name.view()), lz::text(lz::diff(C, parameter)));
  });
  std::cout << "\n";
}

template <class Network>
int run(const digits::options& options, const digits::dataset& train, const digits::dataset& test) {
  print_formulas<Network>();
  auto start = nn::parameters<Network, float>::random(options.seed, nn::xavier{});
  if (!options.load.empty()) nn::load<Network>(options.load, start);
  const auto trainer = std::make_unique<trainer_of<Network>>(start, nn::sgd{options.rate});

  std::vector<float> targets(train.rows * digits::classes);
  for (std::size_t i = 0; i < train.rows; ++i) targets[i * digits::classes + train.labels[i]] = 1;
  std::vector<std::size_t> order(train.rows);
  std::iota(order.begin(), order.end(), std::size_t{0});
  nn::random_bits random(options.seed + 1);

  const int epochs = options.epochs_to_train();
  for (int epoch = 1; epoch <= epochs; ++epoch) {
    const auto begin = std::chrono::steady_clock::now();
    for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[random.below(i)]);
    const float cost = trainer->epoch(train.pixels, targets, order, static_cast<std::size_t>(options.batch));
    const double right = nn::accuracy(trainer->weights(), test.pixels, test.labels);
    std::cout << digits::progress_line(epoch, epochs, cost, right, seconds_since(begin)) << std::endl;
  }

  const auto weights = trainer->weights();
  std::vector<unsigned char> predicted(test.rows);
  for (std::size_t i = 0; i < test.rows; ++i) {
    const std::span<const float, trainer_of<Network>::input_size> image(&test.pixels[i * test.columns],
                                                                       trainer_of<Network>::input_size);
    predicted[i] = static_cast<unsigned char>(nn::most_likely(nn::predict(weights, image)));
  }
  const double right = nn::accuracy(weights, test.pixels, test.labels);
  std::cout << "\n"
            << digits::accuracy_line(right, test.rows) << "\n\n"
            << digits::confusion_table(test.labels, predicted) << "\n";

  std::vector<digits::picture> pictures;
  for (std::size_t i = 0; i < std::min<std::size_t>(6, test.rows); ++i)
    pictures.push_back({std::span<const float>(test.pixels).subspan(i * test.columns, test.columns), test.height, test.width,
                        test.labels[i], predicted[i]});
  std::cout << digits::draw(pictures, digits::terminal_palette());

  if (!options.save.empty()) {
    nn::save(options.save, weights);
    std::cout << "\nparameters saved to " << options.save.string() << "\n";
  }
  if (!std::cout.flush()) throw std::runtime_error("the standard output cannot be written to");
  return 0;
}

}  // namespace

int main(int argc, char** argv) try {
  const auto parsed = digits::parse_options(argc, argv, std::cout, std::cerr);
  if (const auto* status = std::get_if<digits::exit_status>(&parsed)) return status->code;
  const auto& options = std::get<digits::options>(parsed);
  if (options.data.empty()) {
    const std::string path = LEIBNIZ_DATA_DIR "/digits.csv.gz";
    const auto [train, test] = digits::split(digits::read_csv(path), 1500, path);
    return run<digits_network>(options, train, test);
  }
  const auto read = [&](std::string_view part) {
    const auto files = digits::find_idx_pair(options.data, part);
    return digits::read_idx(files.images, files.labels, 28);
  };
  const auto train = read("train"), test = read("t10k");
  return run<idx_network>(options, train, test);
} catch (const std::exception& error) {
  std::cerr << "digits: " << error.what() << "\n";
  return 1;
}
