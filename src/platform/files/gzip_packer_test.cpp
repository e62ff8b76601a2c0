#include "platform/files/gzip_packer.hpp"

#include <gtest/gtest.h>

#include "platform/files/memory_file.hpp"
#include "platform/files/packed_stream.hpp"

namespace jiuzhu {
namespace {

std::string packed(std::string_view text, std::size_t piece) {
  GzipPacker packer;
  std::string bytes;
  for (std::size_t at = 0; at < text.size(); at += piece) bytes += packer.pack(text.substr(at, piece));
  return bytes + packer.finish();
}

std::string unpacked(std::string_view bytes) {
  const MemoryFile file(bytes);
  const auto stream = open_packed(file.path(), Packing::gzip);
  std::string text;
  std::string room(4096, '\0');
  while (true) {
    const auto size = (*stream)->read(room);
    if (!size || *size == 0) return size ? text : "refused " + size.error().key;
    text.append(room, 0, *size);
  }
}

TEST(GzipPacker, GivesBackWhatWasPacked) {
  std::string text;
  for (int i = 0; i < 100'000; ++i) text += std::to_string(i * 7919);
  EXPECT_EQ(unpacked(packed(text, 1000)), text);
  EXPECT_EQ(unpacked(packed(text, text.size())), text);
  EXPECT_EQ(unpacked(packed("", 1)), "");
}

TEST(GzipPacker, GivesTheSameBytesForTheSamePieces) { EXPECT_EQ(packed("存款存款存款", 5), packed("存款存款存款", 5)); }

}  // namespace
}  // namespace jiuzhu
