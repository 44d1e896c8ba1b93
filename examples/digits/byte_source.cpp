#include "byte_source.hpp"

#include <algorithm>
#include <cerrno>
#include <string>
#include <system_error>

#include "data.hpp"

namespace digits {

namespace {

std::string reason(int error) { return std::generic_category().message(error); }

bool begins_gzip(std::span<const unsigned char> bytes) {
  return bytes.size() >= 2 && bytes[0] == 0x1F && bytes[1] == 0x8B;
}

}  // namespace

void refuse(const std::filesystem::path& path, std::string_view expected, std::string_view found) {
  throw data_error(path.string().append(": expected ").append(expected).append(", found ").append(found));
}

byte_source::byte_source(const std::filesystem::path& path) : path_(path) {
  std::error_code failed;
  const auto status = std::filesystem::status(path, failed);
  if (status.type() == std::filesystem::file_type::not_found) refuse(path, "a data file", "no such file");
  if (status.type() == std::filesystem::file_type::directory) refuse(path, "a data file", "a folder");
  errno = 0;
  file_.reset(std::fopen(path.string().c_str(), "rb"));
  if (!file_) refuse(path, "a readable data file", reason(errno));

  refill();
  if (ahead_.empty()) refuse(path, "a data file", "an empty file");
  if (begins_gzip(ahead_)) {
    stream_.reset(new z_stream{});
    if (inflateInit2(stream_.get(), 15 + 16) != Z_OK)
      throw data_error(path.string() + ": zlib does not start");
  } else if (path.extension() == ".gz") {
    refuse(path, "gzip data, as its name says", "something else");
  }
}

std::size_t byte_source::read(std::span<unsigned char> bytes) {
  if (stream_) return inflate_into(bytes);
  std::size_t count = 0;
  while (count < bytes.size()) {
    if (ahead_.empty()) refill();
    if (ahead_.empty()) break;
    const std::size_t step = std::min(ahead_.size(), bytes.size() - count);
    std::copy_n(ahead_.begin(), step, bytes.begin() + static_cast<std::ptrdiff_t>(count));
    ahead_ = ahead_.subspan(step);
    count += step;
  }
  return count;
}

void byte_source::refill() {
  errno = 0;
  const std::size_t count = std::fread(buffer_.data(), 1, buffer_.size(), file_.get());
  if (count == 0 && std::ferror(file_.get()) != 0) refuse(path_, "a readable data file", reason(errno));
  ahead_ = std::span(buffer_).first(count);
}

std::size_t byte_source::inflate_into(std::span<unsigned char> bytes) {
  std::size_t count = 0;
  while (count < bytes.size() && !finished_) {
    if (ahead_.empty()) refill();
    if (ahead_.empty()) refuse(path_, "complete gzip data", "the end of a truncated file");

    const std::size_t room = std::min<std::size_t>(bytes.size() - count, 1U << 30);
    stream_->next_in = const_cast<unsigned char*>(ahead_.data());  // zlib reads only
    stream_->avail_in = static_cast<uInt>(ahead_.size());
    stream_->next_out = bytes.data() + count;
    stream_->avail_out = static_cast<uInt>(room);
    const int state = inflate(stream_.get(), Z_NO_FLUSH);
    ahead_ = ahead_.last(stream_->avail_in);
    count += room - stream_->avail_out;

    if (state == Z_STREAM_END) {
      finished_ = !next_member();
    } else if (state != Z_OK && state != Z_BUF_ERROR) {
      refuse(path_, "intact gzip data",
             std::string("corrupted data: ") + (stream_->msg != nullptr ? stream_->msg : zError(state)));
    }
  }
  return count;
}

/// After one gzip member: whether another one begins. (`cat a.gz b.gz` is a gzip file.)
bool byte_source::next_member() {
  if (ahead_.empty()) refill();
  if (ahead_.empty()) return false;
  if (ahead_[0] != 0x1F) refuse(path_, "the end of the gzip data", "trailing bytes");
  inflateReset(stream_.get());
  return true;
}

}  // namespace digits
