#pragma once
// Private to this folder: YAML with file and line in every complaint. A reader hands out what the file says and
// collects mistakes; it never throws for what a file contains.

#include <yaml-cpp/yaml.h>

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.hpp"
#include "base/error.hpp"
#include "engines/policy/expression.hpp"
#include "engines/policy/words.hpp"

namespace jiuzhu::policy {

using Problems = std::vector<FieldError>;

/// One mapping, sequence or scalar of a file, and how it is reached from the file's root ("rules/2/when").
class YamlReader {
 public:
  /// Reports "policy_file.syntax" and yields a null reader when the text is not YAML.
  static YamlReader parse(const std::string& file, const std::string& text, Problems& problems);

  bool is_null() const { return !node_ || !node_->IsDefined() || node_->IsNull(); }
  bool is_map() const { return node_ && node_->IsMap(); }
  bool is_list() const { return node_ && node_->IsSequence(); }
  bool is_scalar() const { return node_ && node_->IsScalar(); }
  /// A scalar without quotes, which may mean a number or a truth value.
  bool is_plain() const { return is_scalar() && node_->Tag() == "?"; }
  int line() const { return node_ ? node_->Mark().line + 1 : 1; }
  const std::string& file() const { return file_; }
  const std::string& field() const { return field_; }

  /// Reports keys that are not `allowed`, and keys that stand twice.
  void allow(std::initializer_list<std::string_view> allowed) const;
  std::vector<std::pair<std::string, YamlReader>> members() const;
  std::vector<YamlReader> elements() const;
  /// The member; null when absent.
  YamlReader find(std::string_view name) const;

  std::string scalar() const { return is_scalar() ? node_->Scalar() : std::string(); }
  /// Reports "policy_file.missing" when absent and "policy_file.not_text" when it is no scalar.
  std::string text(std::string_view name) const;
  std::optional<std::string> optional_text(std::string_view name) const;
  std::optional<Date> optional_date(std::string_view name) const;
  Date date(std::string_view name) const;
  BilingualText bilingual(std::string_view name) const;
  BilingualText as_bilingual() const;
  /// A list of scalars, or one scalar.
  std::vector<std::string> texts(std::string_view name) const;
  Verification status(std::string_view name) const;
  Expression expression(std::string_view name, ValueType wanted, Scopes scopes) const;
  template <class E>
  E choice(std::string_view name) const {
    const std::string value = text(name);
    if (const auto found = enum_named<E>(value)) return *found;
    if (!value.empty()) {
      std::string allowed;
      boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>(
          [&](auto enumerator) { allowed += (allowed.empty() ? "" : ", ") + std::string(enumerator.name); });
      find(name).fail("policy_file.not_in_list", {{"value", value}, {"allowed", allowed}});
    }
    return E{};
  }

  void fail(std::string key, MessageParams params = {}) const;

 private:
  YamlReader(std::string file, std::string field, Problems& problems)
      : file_(std::move(file)), field_(std::move(field)), problems_(&problems) {}
  YamlReader child(std::string_view name, const YAML::Node& node) const;

  std::string file_;
  std::string field_;
  std::optional<YAML::Node> node_;
  Problems* problems_;
};

}  // namespace jiuzhu::policy
