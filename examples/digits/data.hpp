#pragma once

// Labelled images, read from CSV or IDX files into memory.

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <stdexcept>
#include <string_view>
#include <vector>

namespace digits {

/// Labels are 0 to `classes - 1`.
inline constexpr int classes = 10;

/// A data file that cannot be read. `what()` names the file, what was expected and what was found.
class data_error : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Images with their labels: `rows` examples of `columns` = `height` x `width` pixels, from 0 (background) to
/// 1 (ink). Example i is `pixels[i * columns]` to `pixels[(i + 1) * columns - 1]`, line by line, and
/// `labels[i]`.
struct dataset {
  std::size_t rows = 0;
  std::size_t columns = 0;
  std::vector<float> pixels;
  std::vector<unsigned char> labels;
  int height = 0;
  int width = 0;
};

/// The examples that train and those that test.
struct data_parts {
  dataset train;
  dataset test;
};

/// The first `train` examples, and the rest. Throws `data_error`, which names the file, if nothing is left
/// for one of them.
data_parts split(const dataset& all, std::size_t train, const std::filesystem::path& path);

/// Reads 8x8 digits from text, plain or gzip: on each line 64 pixels from 0 to 16 and the label, separated by
/// commas. Throws `data_error` for anything else.
dataset read_csv(const std::filesystem::path& path);

/// Reads images and labels in the IDX format of the MNIST database, plain or gzip. The images must be `side`
/// x `side` pixels, with 0 of any size. Sizes are those of the files, not those that the headers promise:
/// nothing larger than the real contents is ever allocated. Throws `data_error`.
dataset read_idx(const std::filesystem::path& images, const std::filesystem::path& labels,
                 std::uint32_t side = 0);

struct idx_pair {
  std::filesystem::path images;
  std::filesystem::path labels;
};

/// The files of one part of an MNIST-like set, "train" or "t10k", under their usual names:
/// `train-images-idx3-ubyte` or `train-images.idx3-ubyte`, plain or with `.gz`; a plain file wins. Throws
/// `data_error` if there is none.
idx_pair find_idx_pair(const std::filesystem::path& directory, std::string_view part);

}  // namespace digits
