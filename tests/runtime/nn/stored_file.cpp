#define BOOST_TEST_MODULE nn_stored_file
#include <leibniz/nn/stored_file.hpp>

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "../../support/boost_test.hpp"
#include "../../support/temporary_folder.hpp"

#if defined(__unix__)
#include <sys/resource.h>
#include <sys/stat.h>

#include <csignal>
#endif

namespace fs = std::filesystem;
namespace nn = leibniz::nn;
using nn::file_detail::atomic_file;
using nn::file_detail::checked_file;
using nn::file_detail::escaped;
using support::contents;
using support::mentions;
using support::overwrite;

namespace {

std::vector<unsigned char> bytes(std::string_view text) { return {text.begin(), text.end()}; }

void save(const fs::path& path, std::string_view text) {
  atomic_file file(path);
  file.write(bytes(text));
  file.commit();
}

std::string failed_save(const fs::path& path, std::string_view text = "new") {
  return support::message_of<nn::file_error>([&] { save(path, text); });
}

std::string failed_read(const fs::path& path) {
  return support::message_of<nn::file_error>([&] { checked_file file(path); });
}

}  // namespace

BOOST_AUTO_TEST_CASE(control_characters_are_escaped) {
  BOOST_TEST(escaped("W1 \x1b[2J\n\\", false) == "W1 \\x1b[2J\\x0a\\x5c");
  BOOST_TEST(escaped("\xce\xb8", false) == "\xce\xb8");
  BOOST_TEST(escaped("\xce\xb8", true) == "\\xce\\xb8");
}

BOOST_AUTO_TEST_CASE(commit_replaces_the_old_file) {
  const support::temporary_folder folder;
  overwrite(folder / "file", "a longer old text");
  save(folder / "file", "new");
  BOOST_TEST(contents(folder / "file") == "new");
  BOOST_TEST(folder.size() == 1U);
}

BOOST_AUTO_TEST_CASE(without_commit_nothing_changes) {
  const support::temporary_folder folder;
  overwrite(folder / "file", "old");
  {
    atomic_file file(folder / "file");
    file.write(bytes("new"));
    BOOST_TEST(folder.size() == 2U);
  }
  BOOST_TEST(contents(folder / "file") == "old");
  BOOST_TEST(folder.size() == 1U);
}

BOOST_AUTO_TEST_CASE(two_writers_and_leftovers_do_not_meet) {
  const support::temporary_folder folder;
  overwrite(folder / "leibniz-save-0.tmp", "left by a process that was killed");
  atomic_file first(folder / "file");
  atomic_file second(folder / "file");
  first.write(bytes("first"));
  second.write(bytes("second"));
  first.commit();
  BOOST_TEST(contents(folder / "file") == "first");
  second.commit();
  BOOST_TEST(contents(folder / "file") == "second");
  BOOST_TEST(contents(folder / "leibniz-save-0.tmp") == "left by a process that was killed");
  BOOST_TEST(folder.size() == 2U);
}

BOOST_AUTO_TEST_CASE(impossible_targets_are_refused) {
  const support::temporary_folder folder;
  overwrite(folder / "file", "old");
  fs::create_directory(folder / "folder");
  BOOST_TEST(mentions(failed_save(folder / "none/file"), "none/file", "cannot save", "temporary file",
                      "No such file or directory"));
  BOOST_TEST(mentions(failed_save(folder / "file/inside"), "file/inside", "cannot save", "Not a directory"));
  BOOST_TEST(mentions(failed_save(folder / "folder"), "expected the name of a file", "found a folder"));
  BOOST_TEST(mentions(failed_save(folder / "folder/"), "expected the name of a file", "found a folder"));
  BOOST_TEST(mentions(failed_save(""), "expected the name of a file", "found an empty name"));
  BOOST_TEST(contents(folder / "file") == "old");
  BOOST_TEST(folder.size() == 2U);
}

BOOST_AUTO_TEST_CASE(a_write_protected_file_stays) {
  const support::temporary_folder folder;
  overwrite(folder / "file", "old");
  fs::permissions(folder / "file", fs::perms::owner_read);
  BOOST_TEST(
      mentions(failed_save(folder / "file"), "expected a file that may be replaced", "write-protected"));
  BOOST_TEST(contents(folder / "file") == "old");
  BOOST_TEST(folder.size() == 1U);
}

#if defined(__unix__)

BOOST_AUTO_TEST_CASE(a_save_that_runs_out_of_space_leaves_the_old_file) {
  const support::temporary_folder folder;
  overwrite(folder / "file", "old");
  rlimit before{};
  BOOST_REQUIRE(getrlimit(RLIMIT_FSIZE, &before) == 0);
  rlimit tight = before;
  tight.rlim_cur = 1000;  // bytes a file may have: a disk that is full, for this process only
  const auto handler = std::signal(SIGXFSZ, SIG_IGN);
  BOOST_REQUIRE(setrlimit(RLIMIT_FSIZE, &tight) == 0);
  const std::string large = failed_save(folder / "file", std::string(100000, 'x'));
  const std::string buffered =
      failed_save(folder / "file", std::string(2000, 'x'));  // fails in the flush only
  setrlimit(RLIMIT_FSIZE, &before);
  std::signal(SIGXFSZ, handler);

  for (const std::string& message : {large, buffered})
    BOOST_TEST(mentions(message, "file: cannot save: expected to write all values", "File too large"));
  BOOST_TEST(contents(folder / "file") == "old");
  BOOST_TEST(folder.size() == 1U);
  save(folder / "file", "new");
  BOOST_TEST(contents(folder / "file") == "new");
}

BOOST_AUTO_TEST_CASE(a_device_is_neither_replaced_nor_read) {
  BOOST_TEST(mentions(failed_save("/dev/full"), "/dev/full", "expected the name of a file", "a device"));
  BOOST_TEST(mentions(failed_save("/dev/null"), "/dev/null", "expected the name of a file", "a device"));
  BOOST_TEST(fs::is_character_file("/dev/null"));
  BOOST_TEST(mentions(failed_read("/dev/zero"), "/dev/zero", "expected a parameter file", "a device"));
  const support::temporary_folder folder;
  BOOST_REQUIRE(mkfifo((folder / "pipe").c_str(), 0600) == 0);
  BOOST_TEST(mentions(failed_read(folder / "pipe"), "expected a parameter file"));  // and does not wait
}

BOOST_AUTO_TEST_CASE(links_and_permissions_stay) {
  const support::temporary_folder folder;
  fs::create_directory(folder / "elsewhere");
  overwrite(folder / "elsewhere/file", "old");
  constexpr auto private_file = fs::perms::owner_read | fs::perms::owner_write;
  fs::permissions(folder / "elsewhere/file", private_file);
  fs::create_symlink("elsewhere/file", folder / "link");
  save(folder / "link", "new");
  BOOST_TEST(fs::is_symlink(folder / "link"));
  BOOST_TEST(contents(folder / "elsewhere/file") == "new");
  BOOST_TEST((fs::status(folder / "elsewhere/file").permissions() == private_file));
}

#endif

BOOST_AUTO_TEST_CASE(reading_checks_what_is_there) {
  const support::temporary_folder folder;
  overwrite(folder / "empty", "");
  BOOST_TEST(mentions(failed_read(folder / "none"), "none: expected a parameter file, found no such file"));
  BOOST_TEST(mentions(failed_read(folder.path()), "expected a parameter file, found a folder"));
  BOOST_TEST(mentions(failed_read(folder / "empty"), "expected a parameter file, found an empty file"));

  overwrite(folder / "short", "abc");
  checked_file file(folder / "short");
  BOOST_TEST(file.size() == 3U);
  overwrite(folder / "short", "");  // by somebody else, meanwhile
  std::vector<unsigned char> read(3);
  BOOST_TEST(mentions(support::message_of<nn::file_error>([&] { file.read(read); }), "expected 3 bytes",
                      "only 0", "shorter"));
}

BOOST_AUTO_TEST_CASE(lines_and_the_checksum_at_the_end) {
  const support::temporary_folder folder;
  overwrite(folder / "file", std::string("one\ntwo\n12345678\x26\x39\xF4", 19));
  checked_file file(folder / "file");
  BOOST_TEST(file.line(100) == "one\n");
  BOOST_TEST(file.line(2) == "tw");
  BOOST_TEST(file.line(100) == "o\n");
  BOOST_TEST(file.left() == 11U);
  BOOST_TEST(!file.ends_well());

  overwrite(folder / "file", "123456789\x26\x39\xF4\xCB");
  BOOST_TEST(checked_file(folder / "file").ends_well());
  overwrite(folder / "file", "abc");
  BOOST_TEST(!checked_file(folder / "file").ends_well());
}
