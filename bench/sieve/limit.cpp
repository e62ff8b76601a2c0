// The limit: threads that read the files of the workload as the sieve does, in pieces of 256 KiB into a buffer that
// stays in the cache, and do nothing but count line breaks with memchr. Prints seconds, bytes and lines as JSON.
//   sieve-limit [--threads 2] FOLDER

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <iostream>
#include <string>
#include <system_error>
#include <thread>
#include <vector>

namespace {

constexpr std::size_t kPieceBytes = 256 << 10;

struct Piece {
  int file;
  off_t from;
};

std::uint64_t count_lines(const char* begin, std::size_t bytes) {
  const char* const end = begin + bytes;
  std::uint64_t lines = 0;
  while (begin != end) {
    const auto* found = static_cast<const char*>(std::memchr(begin, '\n', static_cast<std::size_t>(end - begin)));
    if (found == nullptr) break;
    ++lines;
    begin = found + 1;
  }
  return lines;
}

std::vector<Piece> pieces_of(const std::filesystem::path& folder) {
  std::vector<Piece> pieces;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() != ".csv") continue;
    const int file = ::open(entry.path().c_str(), O_RDONLY | O_CLOEXEC);  // closed by the end of the process
    if (file < 0) throw std::system_error(errno, std::generic_category(), entry.path());
    for (std::size_t from = 0; from < entry.file_size(); from += kPieceBytes)
      pieces.push_back({file, static_cast<off_t>(from)});
  }
  return pieces;
}

void measure(const std::filesystem::path& folder, unsigned threads) {
  const auto begin = std::chrono::steady_clock::now();
  const std::vector<Piece> pieces = pieces_of(folder);
  std::atomic<std::size_t> next = 0;
  std::atomic<std::uint64_t> lines = 0;
  std::atomic<std::uint64_t> bytes = 0;
  std::atomic<bool> has_failed = false;
  const auto work = [&] {
    std::vector<char> buffer(kPieceBytes);
    std::uint64_t lines_here = 0;
    std::uint64_t bytes_here = 0;
    for (std::size_t i = next++; i < pieces.size(); i = next++) {
      const ssize_t read = ::pread(pieces[i].file, buffer.data(), buffer.size(), pieces[i].from);
      if (read <= 0) {
        has_failed = true;
        return;
      }
      lines_here += count_lines(buffer.data(), static_cast<std::size_t>(read));
      bytes_here += static_cast<std::uint64_t>(read);
    }
    lines += lines_here;
    bytes += bytes_here;
  };
  {
    std::vector<std::jthread> running;
    for (unsigned i = 0; i < threads; ++i) running.emplace_back(work);
  }
  if (has_failed || pieces.empty()) throw std::runtime_error("the folder holds no CSV files that can be read");
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  std::cout << R"({"seconds": )" << seconds << R"(, "bytes": )" << bytes << R"(, "lines": )" << lines << "}\n";
}

}  // namespace

int main(int count, char** arguments) {
  try {
    const bool has_threads = count == 4 && std::string(arguments[1]) == "--threads";
    if (count != 2 && !has_threads) {
      std::cerr << "usage: sieve-limit [--threads 2] FOLDER\n";
      return 2;
    }
    measure(arguments[count - 1], has_threads ? static_cast<unsigned>(std::stoul(arguments[2])) : 2);
    return EXIT_SUCCESS;
  } catch (const std::exception& error) {
    std::cerr << "sieve-limit: " << error.what() << '\n';
    return EXIT_FAILURE;
  }
}
