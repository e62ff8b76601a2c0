#pragma once
// YAML with file, line and column in every complaint. A reader hands out what the file says and collects mistakes; it
// never throws for what a file contains. Copies are cheap and share the document; one thread at a time.
//
// Every mistake is a FieldError whose pointer is "packs/DB-2012.yaml:34:7" and whose params are file, line, column (in
// characters, from 1), field ("rules/2/when") and what the message needs besides.

#include <boost/describe.hpp>
#include <boost/mp11.hpp>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/date.hpp"
#include "base/enum_text.hpp"
#include "base/error.hpp"

namespace YAML {
class Node;
}

namespace jiuzhu {

/// One mapping, sequence or scalar of a file, and how it is reached from the file's root ("rules/2/when").
class YamlReader {
 public:
  using Problems = std::vector<FieldError>;
  struct Range {
    int least = 0;
    int most = 0;
  };

  /// Reports "yaml.syntax" or "yaml.not_utf8" and yields a null reader when the text is not YAML. `problems` outlives
  /// it.
  static YamlReader parse(const std::string& file, std::string text, Problems& problems);

  bool is_null() const;
  bool is_map() const;
  bool is_list() const;
  bool is_scalar() const;
  /// A scalar without quotes, which may mean a number or a truth value.
  bool is_plain() const;
  int line() const;
  const std::string& file() const;
  const std::string& field() const { return field_; }

  /// Reports keys that are not `allowed`, keys that stand twice, and what is no mapping.
  void allow(std::initializer_list<std::string_view> allowed) const;
  void allow(std::span<const std::string_view> allowed) const;
  std::vector<std::pair<std::string, YamlReader>> members() const;
  /// Members whose keys are names of the writer's choice. Reports keys that stand twice, of which it hands out the
  /// first, and what is no mapping.
  std::vector<std::pair<std::string, YamlReader>> named_members() const;
  std::vector<YamlReader> elements() const;
  /// The member; null when absent.
  YamlReader find(std::string_view name) const;

  std::string scalar() const;
  /// Reports "yaml.missing" when absent and "yaml.not_text" when it is no scalar.
  std::string text(std::string_view name) const;
  std::optional<std::string> optional_text(std::string_view name) const;
  std::optional<Date> optional_date(std::string_view name) const;
  Date date(std::string_view name) const;
  /// true or false.
  bool flag(std::string_view name) const;
  std::optional<bool> optional_flag(std::string_view name) const;
  /// A whole number within a range.
  std::optional<int> optional_number(std::string_view name, Range range) const;
  /// A list of scalars, or one scalar.
  std::vector<std::string> texts(std::string_view name) const;
  /// One of the enumerators; reports "yaml.not_in_list" with those allowed.
  template <class E>
  E choice(std::string_view name) const {
    const std::string value = text(name);
    if (const auto found = enum_from_text<E>(value)) return *found;
    if (!value.empty()) find(name).fail_choice(value, enumerators<E>());
    return E{};
  }

  void fail(std::string key, MessageParams params = {}) const;
  /// The same at the key of this member instead of its value.
  void fail_at_key(std::string key, MessageParams params = {}) const;
  /// The same inside this scalar, at a character of its value counted from 1.
  void fail_within(int character, std::string key, MessageParams params = {}) const;
  void fail_choice(const std::string& value, const std::string& allowed) const;

 private:
  struct Document {
    std::string file;
    std::string text;
    Problems* problems;
  };
  /// Of the text, in bytes; line and column from 0, as the library counts them.
  struct Place {
    int line = 0;
    int column = 0;
  };

  YamlReader(std::shared_ptr<const Document> document, std::string field);
  YamlReader child(std::string_view name) const;
  void set_node(const YAML::Node& node);
  std::size_t offset_of(Place place) const;
  void fail_at(std::size_t offset, std::string key, MessageParams params) const;
  void check_twice() const;

  template <class E>
  static std::string enumerators() {
    std::string list;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>(
        [&](auto enumerator) { list += (list.empty() ? "" : ", ") + std::string(enumerator.name); });
    return list;
  }

  std::shared_ptr<const Document> document_;
  std::string field_;
  std::shared_ptr<const YAML::Node> node_;  // null where there is none
  Place place_;
  Place key_place_;
};

}  // namespace jiuzhu
