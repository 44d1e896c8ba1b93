#define BOOST_TEST_MODULE digits_data
#include "../../../examples/digits/data.hpp"

#include <zlib.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <numeric>
#include <string>
#include <string_view>

#include "../../support/boost_test.hpp"
#include "../../support/temporary_folder.hpp"

namespace fs = std::filesystem;
using digits::data_error;
using digits::dataset;
using support::mentions;
using support::overwrite;

namespace {

std::string csv_line(int first_pixel, std::string_view label) {
  std::string line = std::to_string(first_pixel);
  for (int i = 1; i < 64; ++i) line += "," + std::to_string(i % 17);
  return line.append(",").append(label);
}

std::string gzip(std::string_view text) {
  z_stream stream{};
  BOOST_REQUIRE(deflateInit2(&stream, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) == Z_OK);
  std::string packed(deflateBound(&stream, static_cast<uLong>(text.size())), '\0');
  std::string copy(text);
  stream.next_in = reinterpret_cast<Bytef*>(copy.data());
  stream.avail_in = static_cast<uInt>(copy.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  BOOST_REQUIRE(deflate(&stream, Z_FINISH) == Z_STREAM_END);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  return packed;
}

std::string word(std::uint32_t value) {
  std::string bytes;
  for (int shift = 24; shift >= 0; shift -= 8) bytes += static_cast<char>(value >> shift & 255U);
  return bytes;
}

std::string idx_images(std::uint32_t count, std::uint32_t height, std::uint32_t width, std::size_t pixels) {
  std::string bytes = word(0x803) + word(count) + word(height) + word(width);
  for (std::size_t i = 0; i < pixels; ++i) bytes += static_cast<char>(i * 15);
  return bytes;
}

std::string idx_labels(std::uint32_t count, std::string_view labels) {
  return (word(0x801) + word(count)).append(labels);
}

bool same(const dataset& a, const dataset& b) {
  return a.rows == b.rows && a.columns == b.columns && a.pixels == b.pixels && a.labels == b.labels &&
         a.height == b.height && a.width == b.width;
}

/// Whether a dataset keeps what its contract says.
bool sound(const dataset& data) {
  bool good = data.rows > 0 && data.labels.size() == data.rows &&
              data.pixels.size() == data.rows * data.columns &&
              data.columns == static_cast<std::size_t>(data.height) * static_cast<std::size_t>(data.width);
  for (const float pixel : data.pixels) good = good && pixel >= 0 && pixel <= 1;
  for (const unsigned char label : data.labels) good = good && label < digits::classes;
  return good;
}

/// Reads a small CSV file with this text.
struct csv_case {
  support::temporary_folder folder;
  dataset read(std::string_view text, std::string_view name = "data.csv") const {
    overwrite(folder / name, text);
    return digits::read_csv(folder / name);
  }
  std::string refusal(std::string_view text, std::string_view name = "data.csv") const {
    return support::message_of<data_error>([&] { read(text, name); });
  }
};

/// Reads a pair of IDX files with these bytes: three images of 2 x 3 pixels unless told otherwise.
struct idx_case {
  support::temporary_folder folder;
  std::string images = idx_images(3, 2, 3, 18);
  std::string labels = idx_labels(3, {"\x07\x00\x09", 3});

  dataset read(std::string_view image_bytes, std::string_view label_bytes,
               const std::string& suffix = "") const {
    overwrite(folder / ("images" + suffix), image_bytes);
    overwrite(folder / ("labels" + suffix), label_bytes);
    return digits::read_idx(folder / ("images" + suffix), folder / ("labels" + suffix));
  }
  std::string refusal(std::string_view image_bytes, std::string_view label_bytes,
                      const std::string& suffix = "") const {
    return support::message_of<data_error>([&] { read(image_bytes, label_bytes, suffix); });
  }
};

}  // namespace

// ---- what is read

BOOST_AUTO_TEST_CASE(the_digits_of_the_repository) {
  const dataset data = digits::read_csv(fs::path(LEIBNIZ_SOURCE_DIR) / "examples/data/digits.csv.gz");
  BOOST_TEST(data.rows == 1797U);
  BOOST_TEST(data.columns == 64U);
  BOOST_TEST(data.height == 8);
  BOOST_TEST(data.width == 8);
  BOOST_TEST(sound(data));
  BOOST_TEST(data.labels[0] == 0);
  BOOST_TEST(data.labels[1796] == 8);
  BOOST_TEST(data.pixels[2] == 5.0F / 16);
  // zcat digits.csv.gz | awk -F, '{ for (i = 1; i < 65; ++i) s += $i } END { print s }'
  BOOST_TEST(16 * std::accumulate(data.pixels.begin(), data.pixels.end(), 0.0) == 561718.0);
}

BOOST_AUTO_TEST_CASE(a_set_is_split_in_two) {
  const csv_case csv;
  const dataset all = csv.read(csv_line(1, "1") + "\n" + csv_line(2, "2") + "\n" + csv_line(3, "3") + "\n");
  const auto [train, test] = digits::split(all, 2, "here");
  BOOST_TEST((sound(train) && sound(test)));
  BOOST_TEST(train.rows == 2U);
  BOOST_TEST(test.rows == 1U);
  BOOST_TEST(test.labels[0] == 3);
  BOOST_TEST(test.pixels[0] == 3.0F / 16);
  BOOST_TEST(train.pixels[64] == 2.0F / 16);
  for (const std::size_t count : {std::size_t{3}, std::size_t{1500}})
    BOOST_TEST(mentions(support::message_of<data_error>([&] { digits::split(all, count, "here"); }),
                        "here: expected more than " + std::to_string(count) + " examples", "found 3"));
}

BOOST_AUTO_TEST_CASE(csv_plain_and_compressed) {
  const csv_case csv;
  const std::string text = csv_line(16, "3") + "\n" + csv_line(0, "9") + "\n";
  const dataset plain = csv.read(text);
  BOOST_TEST(plain.rows == 2U);
  BOOST_TEST(plain.pixels[0] == 1.0F);
  BOOST_TEST(plain.pixels[1] == 1.0F / 16);
  BOOST_TEST(plain.pixels[64] == 0.0F);
  BOOST_TEST(plain.labels[0] == 3);
  BOOST_TEST(plain.labels[1] == 9);
  BOOST_TEST(same(plain, csv.read(gzip(text), "data.csv.gz")));
  BOOST_TEST(same(plain, csv.read(gzip(text))));  // whatever it is called
  const std::string two_members = gzip(csv_line(16, "3") + "\n") + gzip(csv_line(0, "9") + "\n");
  BOOST_TEST(same(plain, csv.read(two_members, "data.csv.gz")));
  BOOST_TEST(same(plain, csv.read(csv_line(16, "3") + "\r\n" + csv_line(0, " 9 "))));
}

BOOST_AUTO_TEST_CASE(idx_plain_and_compressed) {
  const idx_case idx;
  const dataset plain = idx.read(idx.images, idx.labels);
  BOOST_TEST(sound(plain));
  BOOST_TEST(plain.rows == 3U);
  BOOST_TEST(plain.height == 2);
  BOOST_TEST(plain.width == 3);
  BOOST_TEST(plain.labels[2] == 9);
  BOOST_TEST(plain.pixels[17] == 1.0F);
  BOOST_TEST(same(plain, idx.read(gzip(idx.images), gzip(idx.labels), ".gz")));
}

BOOST_AUTO_TEST_CASE(idx_files_are_found_under_their_usual_names) {
  const support::temporary_folder folder;
  const auto refusal = [&](const fs::path& path, std::string_view part) {
    return support::message_of<data_error>([&] { digits::find_idx_pair(path, part); });
  };
  BOOST_TEST(mentions(refusal(folder.path(), "train"), folder.path().string(),
                      "expected train-images-idx3-ubyte or train-images-idx3-ubyte.gz, found neither"));
  overwrite(folder / "train-images-idx3-ubyte.gz", "");
  BOOST_TEST(
      mentions(refusal(folder.path(), "train"), "expected train-labels-idx1-ubyte or", "found neither"));
  overwrite(folder / "train-labels.idx1-ubyte", "");
  const digits::idx_pair pair = digits::find_idx_pair(folder.path(), "train");
  BOOST_TEST(pair.images == folder / "train-images-idx3-ubyte.gz");
  BOOST_TEST(pair.labels == folder / "train-labels.idx1-ubyte");
  overwrite(folder / "train-images-idx3-ubyte", "");
  BOOST_TEST(digits::find_idx_pair(folder.path(), "train").images == folder / "train-images-idx3-ubyte");
  BOOST_TEST(mentions(refusal(folder.path(), "t10k"), "expected t10k-images-idx3-ubyte"));
  BOOST_TEST(
      mentions(refusal(folder / "none", "train"), "none: expected a folder of IDX files, found no such"));
  BOOST_TEST(mentions(refusal(folder / "train-labels.idx1-ubyte", "train"), "expected a folder"));
}

BOOST_AUTO_TEST_CASE(fashion_mnist_if_installed) {
  const fs::path directory = "/usr/share/datasets/fashion-mnist";
  if (!fs::exists(directory)) return;
  const auto pair = digits::find_idx_pair(directory, "t10k");
  const dataset data = digits::read_idx(pair.images, pair.labels);
  BOOST_TEST(data.rows == 10000U);
  BOOST_TEST(data.columns == 784U);
  BOOST_TEST(sound(data));
  std::array<int, 10> count{};
  for (const unsigned char label : data.labels) ++count[label];
  for (const int of_label : count) BOOST_TEST(of_label == 1000);
}

// ---- what is refused

BOOST_AUTO_TEST_CASE(files_that_are_not_there) {
  const csv_case csv;
  const auto refusal = [](const fs::path& path) {
    return support::message_of<data_error>([&] { digits::read_csv(path); });
  };
  BOOST_TEST(
      mentions(refusal(csv.folder / "none.csv"), "none.csv: expected a data file, found no such file"));
  BOOST_TEST(mentions(refusal(csv.folder.path()), "expected a data file, found a folder"));
  BOOST_TEST(mentions(csv.refusal(""), "data.csv: expected a data file, found an empty file"));
  BOOST_TEST(mentions(csv.refusal(gzip("")), "data.csv: expected at least one line, found none"));
}

BOOST_AUTO_TEST_CASE(csv_numbers) {
  const csv_case csv;
  const std::string good = csv_line(1, "5") + "\n";
  BOOST_TEST(mentions(csv.refusal(good + good + "1,x" + good.substr(3)),
                      "data.csv: line 3, column 2: expected a pixel", "a whole number from 0 to 16",
                      "found 'x'"));
  BOOST_TEST(mentions(csv.refusal("1.5" + good.substr(1)), "line 1, column 1", "found '1.5'"));
  BOOST_TEST(mentions(csv.refusal("nan" + good.substr(1)), "line 1, column 1", "found 'nan'"));
  BOOST_TEST(mentions(csv.refusal("\x1b[2J" + good), "line 1, column 1", "found '\\x1b[2J1'"));
  BOOST_TEST(
      mentions(csv.refusal(csv_line(17, "5")), "line 1, column 1: expected a pixel", "0 to 16, found 17"));
  BOOST_TEST(mentions(csv.refusal(csv_line(-1, "5")), "line 1, column 1", "found -1"));
  BOOST_TEST(mentions(csv.refusal("99999999999999999999" + good.substr(1)), "found 99999999999999999999"));
  BOOST_TEST(mentions(csv.refusal(csv_line(1, "10")), "line 1, column 65: expected a label",
                      "a whole number from 0 to 9, found 10"));
  BOOST_TEST(mentions(csv.refusal(csv_line(1, "")), "line 1, column 65: expected a label", "found nothing"));
}

BOOST_AUTO_TEST_CASE(csv_columns) {
  const csv_case csv;
  const std::string good = csv_line(1, "5");
  BOOST_TEST(mentions(csv.refusal(good + "\n" + good.substr(0, good.size() - 2)),
                      "data.csv: line 2: expected 65 numbers (64 pixels and the label), found 64"));
  BOOST_TEST(mentions(csv.refusal(good + ",1,2\n"), "line 1: expected 65 numbers", "found 67"));
  BOOST_TEST(mentions(csv.refusal(good + "\n\n" + good), "line 2, column 1", "found nothing"));
  BOOST_TEST(mentions(csv.refusal(std::string(100000, '1')), "line 1: expected a line of 65 numbers",
                      "more than 4096 characters"));
}

BOOST_AUTO_TEST_CASE(gzip_damage) {
  const csv_case csv;
  const std::string text = csv_line(16, "3") + "\n" + csv_line(0, "9") + "\n";
  const std::string packed = gzip(text);
  const auto refusal = [&](std::string_view bytes) { return csv.refusal(bytes, "data.csv.gz"); };
  BOOST_TEST(
      mentions(refusal(text), "data.csv.gz: expected gzip data, as its name says, found something else"));
  BOOST_TEST(mentions(refusal(packed.substr(0, packed.size() - 3)),
                      "data.csv.gz: expected complete gzip data", "truncated file"));
  BOOST_TEST(mentions(refusal(packed + "more"), "expected the end of the gzip data, found trailing bytes"));
  std::string damaged = packed;
  damaged[damaged.size() - 6] ^= 1;  // in the CRC
  BOOST_TEST(mentions(refusal(damaged), "expected intact gzip data", "corrupted data: incorrect data check"));
  damaged = packed;
  damaged[12] ^= 0x55;
  BOOST_TEST(mentions(refusal(damaged), "data.csv.gz: expected"));
}

BOOST_AUTO_TEST_CASE(idx_magic) {
  const idx_case idx;
  BOOST_TEST(mentions(idx.refusal(idx.labels, idx.images),
                      "images: expected the magic number of IDX images, 0x00000803",
                      "found 0x00000801, that of a file of labels"));
  BOOST_TEST(mentions(idx.refusal(idx.images, idx.images),
                      "labels: expected the magic number of IDX labels, 0x00000801",
                      "found 0x00000803, that of a file of images"));
  BOOST_TEST(
      mentions(idx.refusal("PNG..", idx.labels), "images: expected the magic number", "found 0x504e472e"));
  BOOST_TEST(mentions(idx.refusal("", idx.labels), "images: expected a data file, found an empty file"));
  BOOST_TEST(mentions(idx.refusal(idx.images, ""), "labels: expected a data file, found an empty file"));
}

BOOST_AUTO_TEST_CASE(idx_lengths) {
  const idx_case idx;
  BOOST_TEST(mentions(idx.refusal(idx.images.substr(0, 13), idx.labels),
                      "images: expected an IDX header of 16 bytes", "truncated"));
  BOOST_TEST(mentions(idx.refusal(idx.images, idx.labels.substr(0, 6)),
                      "labels: expected an IDX header of 8 bytes", "truncated"));
  BOOST_TEST(mentions(idx.refusal(idx.images.substr(0, 33), idx.labels),
                      "images: expected 18 bytes of pixels", "found a truncated file with 17"));
  BOOST_TEST(mentions(idx.refusal(idx.images, idx.labels.substr(0, 9)), "labels: expected 3 bytes of labels",
                      "found a truncated file with 1"));
  BOOST_TEST(mentions(idx.refusal(idx.images + "x", idx.labels), "images: expected 18 bytes of pixels",
                      "found trailing bytes"));
  const std::string one_more = idx.labels + std::string(1, '\1');
  BOOST_TEST(mentions(idx.refusal(idx.images, one_more), "labels: expected 3 bytes of labels",
                      "found trailing bytes"));
  const std::string packed = gzip(idx.images);
  BOOST_TEST(mentions(idx.refusal(packed.substr(0, packed.size() - 9), gzip(idx.labels), ".gz"),
                      "images.gz: expected complete gzip data", "truncated"));
  BOOST_TEST(mentions(idx.refusal(packed + "x", gzip(idx.labels), ".gz"), "images.gz", "trailing bytes"));
}

BOOST_AUTO_TEST_CASE(idx_sizes_are_not_believed) {
  const idx_case idx;
  const std::string pixels = idx.images.substr(16);
  const auto with_sizes = [&](std::uint32_t count, std::uint32_t height, std::uint32_t width) {
    return idx_images(count, height, width, 0) + pixels;
  };
  BOOST_TEST(mentions(idx.refusal(with_sizes(0xFFFFFFFF, 28, 28), idx_labels(0xFFFFFFFF, "")),
                      "images: expected at most 2147483648 pixels in all images",
                      "found 4294967295 images of 28x28"));
  // Just below the limit: refused for the real length, without 2 GiB of memory.
  BOOST_TEST(mentions(idx.refusal(with_sizes(2147483647, 1, 1), idx_labels(2147483647, "\1")),
                      "labels: expected 2147483647 bytes of labels, found a truncated file with 1"));
  BOOST_TEST(mentions(idx.refusal(with_sizes(3, 1 << 12, 1 << 12), idx.labels),
                      "images: expected 50331648 bytes of pixels, found a truncated file with 18"));
  BOOST_TEST(mentions(idx.refusal(with_sizes(3, 0xFFFFFFFF, 0xFFFFFFFF), idx.labels),
                      "images: expected images of 1x1 to 4096x4096 pixels", "found 4294967295x4294967295"));
  BOOST_TEST(mentions(idx.refusal(with_sizes(3, 0, 3), idx.labels), "expected images of 1x1", "found 0x3"));
  BOOST_TEST(mentions(idx.refusal(with_sizes(0, 2, 3), idx.labels), "expected at least one image, found 0"));
}

BOOST_AUTO_TEST_CASE(idx_images_have_the_size_that_is_asked_for) {
  const idx_case idx;
  const auto refusal = [&](std::uint32_t height, std::uint32_t width) {
    overwrite(idx.folder / "images", idx_images(1, height, width, height * width));
    overwrite(idx.folder / "labels", idx_labels(1, "\1"));
    return support::message_of<data_error>(
        [&] { digits::read_idx(idx.folder / "images", idx.folder / "labels", 4); });
  };
  BOOST_TEST(refusal(4, 4) == "nothing thrown");
  BOOST_TEST(mentions(refusal(3, 4), "images: expected images of 4x4 pixels, found 3x4"));
  BOOST_TEST(mentions(refusal(16, 1), "images: expected images of 4x4 pixels, found 16x1"));
}

BOOST_AUTO_TEST_CASE(idx_labels_match_the_images) {
  const idx_case idx;
  BOOST_TEST(mentions(idx.refusal(idx.images, idx_labels(2, "\1\2")),
                      "labels: expected 3 labels, one for each image of", "images, found 2"));
  BOOST_TEST(mentions(idx.refusal(idx.images, idx_labels(3, "\1\12\2")),
                      "labels: expected labels from 0 to 9", "found 10 as label 2"));
}

// ---- damage of every kind: an error or sound data, never anything else

namespace {

/// Calls `read` with every truncation of `bytes` and with every byte changed; returns how often it was
/// accepted. An accepted dataset must be sound; an exception other than `data_error` fails the test.
template <class Read>
std::size_t accepted_mutations(const std::string& bytes, Read read) {
  std::size_t accepted = 0;
  const auto attempt = [&](const std::string& damaged) {
    try {
      const dataset data = read(damaged);
      ++accepted;
      BOOST_TEST(sound(data));
    } catch (const data_error& error) { BOOST_TEST(mentions(error.what(), ": expected ", ", found ")); }
  };
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    attempt(bytes.substr(0, i));
    for (const int mask : {0x01, 0x02, 0x04, 0x08, 0x10, 0x20, 0x40, 0x80, 0xFF}) {
      std::string damaged = bytes;
      damaged[i] = static_cast<char>(damaged[i] ^ mask);
      attempt(damaged);
    }
  }
  return accepted;
}

}  // namespace

BOOST_AUTO_TEST_CASE(mutations_of_csv) {
  const csv_case csv;
  const std::string text = csv_line(16, "3") + "\n" + csv_line(0, "9") + "\n";
  // Another digit is another number: plain text cannot know. It can only stay sound.
  BOOST_TEST(accepted_mutations(text, [&](const std::string& bytes) { return csv.read(bytes); }) > 0U);

  const dataset good = csv.read(text);
  std::size_t changed = 0;
  accepted_mutations(gzip(text), [&](const std::string& bytes) {
    dataset data = csv.read(bytes, "data.csv.gz");
    changed += !same(data, good);
    return data;
  });
  BOOST_TEST(changed ==
             0U);  // gzip's checksum guards the contents; only its time stamp and the like may differ
}

BOOST_AUTO_TEST_CASE(mutations_of_idx_images) {
  const idx_case idx;
  std::size_t wrong_size = 0;
  const std::size_t accepted = accepted_mutations(idx.images, [&](const std::string& bytes) {
    dataset data = idx.read(bytes, idx.labels);
    wrong_size += data.rows != 3 || data.height != 2 || data.width != 3;
    return data;
  });
  BOOST_TEST(wrong_size == 0U);
  BOOST_TEST(accepted == 9U * 18U);  // the pixels; never the header, never a shorter file

  const dataset good = idx.read(idx.images, idx.labels);
  std::size_t changed = 0;
  accepted_mutations(gzip(idx.images), [&](const std::string& bytes) {
    dataset data = idx.read(bytes, gzip(idx.labels), ".gz");
    changed += !same(data, good);
    return data;
  });
  BOOST_TEST(changed == 0U);
}

BOOST_AUTO_TEST_CASE(mutations_of_idx_labels) {
  const idx_case idx;
  std::size_t wrong_size = 0;
  const std::size_t accepted = accepted_mutations(idx.labels, [&](const std::string& bytes) {
    dataset data = idx.read(idx.images, bytes);
    wrong_size += data.rows != 3;
    return data;
  });
  BOOST_TEST(wrong_size == 0U);
  BOOST_TEST(accepted > 0U);
  BOOST_TEST(accepted < 9U * 3U);
}
