#include "data.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <system_error>

#include "byte_source.hpp"

namespace digits {

namespace {

std::string quoted(std::string_view text) {
  constexpr std::size_t longest = 40;
  std::string result = "'";
  for (const char c : text.substr(0, longest)) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x20 && byte < 0x7F) {
      result += c;
    } else {
      result.append("\\x") += "0123456789abcdef"[byte >> 4];
      result += "0123456789abcdef"[byte & 15];
    }
  }
  return result + (text.size() > longest ? "…'" : "'");
}

// ---- CSV

constexpr int csv_side = 8;
constexpr std::size_t csv_pixels = csv_side * csv_side;
constexpr int csv_ink = 16;
constexpr std::size_t longest_line = 4096;

/// Lines of text, each without its end ("\n" or "\r\n").
class line_source {
 public:
  explicit line_source(const std::filesystem::path& path) : bytes_(path) {}

  bool next(std::string& line) {
    line.clear();
    if (!more()) return false;
    ++number_;
    while (more()) {
      const char c = static_cast<char>(ahead_.front());
      ahead_ = ahead_.subspan(1);
      if (c == '\n') break;
      line += c;
      if (line.size() > longest_line)
        refuse_at("a line of 65 numbers", "one of more than " + std::to_string(longest_line) + " characters");
    }
    if (line.ends_with('\r')) line.pop_back();
    return true;
  }

  [[noreturn]] void refuse_at(std::string_view expected, std::string_view found,
                              std::size_t column = 0) const {
    std::string place = "line " + std::to_string(number_);
    if (column > 0) place += ", column " + std::to_string(column);
    throw data_error(bytes_.path()
                         .string()
                         .append(": ")
                         .append(place)
                         .append(": expected ")
                         .append(expected)
                         .append(", found ")
                         .append(found));
  }

 private:
  bool more() {
    if (ahead_.empty()) ahead_ = std::span(buffer_).first(bytes_.read(buffer_));
    return !ahead_.empty();
  }

  byte_source bytes_;
  std::array<unsigned char, 4096> buffer_;
  std::span<const unsigned char> ahead_;
  std::size_t number_ = 0;
};

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

/// The number in one column of a line.
int parse_number(const line_source& lines, std::string_view field, std::size_t column) {
  const bool is_label = column > csv_pixels;
  const int most = is_label ? classes - 1 : csv_ink;
  const std::string expected =
      (is_label ? "a label, a whole number from 0 to " : "a pixel, a whole number from 0 to ") +
      std::to_string(most);
  const std::string_view text = trimmed(field);
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error == std::errc::invalid_argument || end != text.data() + text.size())
    lines.refuse_at(expected, text.empty() ? "nothing" : quoted(text), column);
  if (error != std::errc() || value < 0 || value > most) lines.refuse_at(expected, text, column);
  return value;
}

// ---- IDX: a magic number (two zeros, the type, the number of dimensions), the extents, the values;
// big-endian

constexpr std::uint32_t images_magic = 0x00000803;
constexpr std::uint32_t labels_magic = 0x00000801;
constexpr std::uint32_t largest_side = 4096;
constexpr std::uint64_t most_pixels = std::uint64_t{1} << 31;  // of all images

std::string hexadecimal(std::uint32_t value) {
  std::string result = "0x";
  for (int shift = 28; shift >= 0; shift -= 4) result += "0123456789abcdef"[(value >> shift) & 15U];
  return result;
}

std::string size_text(std::uint32_t height, std::uint32_t width) {
  return std::to_string(height) + "x" + std::to_string(width);
}

std::uint32_t read_word(byte_source& source, std::size_t header_bytes) {
  std::array<unsigned char, 4> bytes{};
  if (source.read(bytes) != bytes.size())
    refuse(source.path(), "an IDX header of " + std::to_string(header_bytes) + " bytes",
           "the end of a truncated file");
  std::uint32_t word = 0;
  for (const unsigned char byte : bytes) word = word << 8 | byte;
  return word;
}

void check_magic(byte_source& source, std::uint32_t expected, std::string_view what,
                 std::size_t header_bytes) {
  const std::uint32_t found = read_word(source, header_bytes);
  if (found == expected) return;
  std::string hint;
  if (found == images_magic) hint = ", that of a file of images";
  if (found == labels_magic) hint = ", that of a file of labels";
  refuse(source.path(), std::string("the magic number of IDX ").append(what) + ", " + hexadecimal(expected),
         hexadecimal(found) + hint);
}

/// Reads `count` bytes in pieces, handing each to `use`, and checks that they are the last of the file.
template <class Use>
void read_all(byte_source& source, std::uint64_t count, std::string_view what, Use use) {
  std::vector<unsigned char> piece(std::size_t{1} << 16);
  std::uint64_t done = 0;
  while (done < count) {
    const auto step = static_cast<std::size_t>(std::min<std::uint64_t>(piece.size(), count - done));
    const std::size_t got = source.read(std::span(piece).first(step));
    use(std::span<const unsigned char>(piece).first(got));
    done += got;
    if (got < step)
      refuse(source.path(), std::to_string(count) + " bytes of " + std::string(what),
             "a truncated file with " + std::to_string(done));
  }
  if (source.read(std::span(piece).first(1)) != 0)
    refuse(source.path(), std::to_string(count) + " bytes of " + std::string(what),
           "trailing bytes after them");
}

/// The first file of the folder among the usual names.
std::optional<std::filesystem::path> find_idx(const std::filesystem::path& directory, const std::string& part,
                                              const std::string& kind, const std::string& dimensions) {
  std::error_code failed;
  for (const char* const suffix : {"", ".gz"}) {
    for (const char* const separator : {"-", "."}) {
      const auto path = directory / (part + "-" + kind + separator + dimensions + "-ubyte" + suffix);
      if (std::filesystem::exists(path, failed)) return path;
      if (failed) refuse(directory, "a folder that can be read", failed.message());
    }
  }
  return std::nullopt;
}

}  // namespace

dataset read_csv(const std::filesystem::path& path) {
  dataset data;
  data.columns = csv_pixels;
  data.height = data.width = csv_side;

  line_source lines(path);
  std::string line;
  while (lines.next(line)) {
    std::string_view rest = line;
    std::size_t column = 0;
    for (bool last = false; !last;) {
      const std::size_t comma = rest.find(',');
      last = comma == std::string_view::npos;
      const std::string_view field = rest.substr(0, comma);
      if (!last) rest.remove_prefix(comma + 1);

      if (++column > csv_pixels + 1) {
        const auto found = static_cast<std::size_t>(std::ranges::count(line, ','));
        lines.refuse_at("65 numbers (64 pixels and the label)", std::to_string(found + 1));
      }
      const int value = parse_number(lines, field, column);
      if (column <= csv_pixels) {
        data.pixels.push_back(static_cast<float>(value) / csv_ink);
      } else {
        data.labels.push_back(static_cast<unsigned char>(value));
      }
    }
    if (column != csv_pixels + 1)
      lines.refuse_at("65 numbers (64 pixels and the label)", std::to_string(column));
  }
  data.rows = data.labels.size();
  if (data.rows == 0) refuse(path, "at least one line", "none");
  return data;
}

data_parts split(const dataset& all, std::size_t train, const std::filesystem::path& path) {
  if (train == 0 || train >= all.rows)
    refuse(path,
           "more than " + std::to_string(train) + " examples, " + std::to_string(train) + " of which train",
           std::to_string(all.rows));
  const auto part = [&](std::size_t first, std::size_t count) {
    dataset some;
    some.rows = count;
    some.columns = all.columns;
    some.height = all.height;
    some.width = all.width;
    const auto pixel = all.pixels.begin() + static_cast<std::ptrdiff_t>(first * all.columns);
    const auto label = all.labels.begin() + static_cast<std::ptrdiff_t>(first);
    some.pixels.assign(pixel, pixel + static_cast<std::ptrdiff_t>(count * all.columns));
    some.labels.assign(label, label + static_cast<std::ptrdiff_t>(count));
    return some;
  };
  return {part(0, train), part(train, all.rows - train)};
}

dataset read_idx(const std::filesystem::path& images, const std::filesystem::path& labels,
                 std::uint32_t side) {
  byte_source image_bytes(images);
  constexpr std::size_t image_header = 16;
  check_magic(image_bytes, images_magic, "images", image_header);
  const std::uint32_t count = read_word(image_bytes, image_header);
  const std::uint32_t height = read_word(image_bytes, image_header);
  const std::uint32_t width = read_word(image_bytes, image_header);
  if (count == 0) refuse(images, "at least one image", "0");
  if (height == 0 || width == 0 || height > largest_side || width > largest_side)
    refuse(images, "images of 1x1 to " + size_text(largest_side, largest_side) + " pixels",
           size_text(height, width));

  const std::uint64_t pixels = std::uint64_t{count} * height * width;
  if (pixels > most_pixels)
    refuse(images, "at most " + std::to_string(most_pixels) + " pixels in all images",
           std::to_string(count) + " images of " + size_text(height, width));
  if (side > 0 && (height != side || width != side))
    refuse(images, "images of " + size_text(side, side) + " pixels", size_text(height, width));

  byte_source label_bytes(labels);
  constexpr std::size_t label_header = 8;
  check_magic(label_bytes, labels_magic, "labels", label_header);
  const std::uint32_t label_count = read_word(label_bytes, label_header);
  if (label_count != count)
    refuse(labels, std::to_string(count) + " labels, one for each image of " + images.string(),
           std::to_string(label_count));

  dataset data;
  data.rows = count;
  data.columns = std::size_t{height} * width;
  data.height = static_cast<int>(height);
  data.width = static_cast<int>(width);
  read_all(label_bytes, count, "labels", [&](std::span<const unsigned char> piece) {
    for (const unsigned char label : piece) {
      if (label >= classes)
        refuse(labels, "labels from 0 to " + std::to_string(classes - 1),
               std::to_string(label) + " as label " + std::to_string(data.labels.size() + 1));
      data.labels.push_back(label);
    }
  });
  read_all(image_bytes, pixels, "pixels", [&](std::span<const unsigned char> piece) {
    for (const unsigned char pixel : piece) data.pixels.push_back(static_cast<float>(pixel) / 255);
  });
  return data;
}

idx_pair find_idx_pair(const std::filesystem::path& directory, std::string_view part) {
  std::error_code failed;
  if (!std::filesystem::is_directory(directory, failed))
    refuse(directory, "a folder of IDX files", "no such folder");
  const std::string name(part);
  const auto images = find_idx(directory, name, "images", "idx3");
  const auto labels = find_idx(directory, name, "labels", "idx1");
  if (!images) refuse(directory, name + "-images-idx3-ubyte or " + name + "-images-idx3-ubyte.gz", "neither");
  if (!labels) refuse(directory, name + "-labels-idx1-ubyte or " + name + "-labels-idx1-ubyte.gz", "neither");
  return {*images, *labels};
}

}  // namespace digits
