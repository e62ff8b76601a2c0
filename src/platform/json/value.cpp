#include "platform/json/value.hpp"

#include <algorithm>
#include <boost/json/basic_parser_impl.hpp>

namespace jiuzhu::json {
namespace {

namespace bj = boost::json;

/// Receives the parser's events and builds the tree bottom-up.
class TreeBuilder {
 public:
  static constexpr std::size_t max_object_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_array_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_key_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_string_size = static_cast<std::size_t>(-1);

  bool on_document_begin(bj::error_code&) { return true; }
  bool on_document_end(bj::error_code&) { return true; }
  bool on_object_begin(bj::error_code&) { return open(Value(Value::Object{})); }
  bool on_object_end(std::size_t, bj::error_code& error) { return check_names(error) && close(); }
  bool on_array_begin(bj::error_code&) { return open(Value(Value::Array{})); }
  bool on_array_end(std::size_t, bj::error_code&) { return close(); }
  bool on_key_part(bj::string_view part, std::size_t, bj::error_code&) { return append(part); }
  bool on_key(bj::string_view part, std::size_t, bj::error_code& error) {
    append(part);
    if (!check_text(error)) return false;
    keys_.push_back(std::move(text_));
    text_.clear();
    return true;
  }
  bool on_string_part(bj::string_view part, std::size_t, bj::error_code&) { return append(part); }
  bool on_string(bj::string_view part, std::size_t, bj::error_code& error) {
    append(part);
    if (!check_text(error)) return false;
    Value value(std::move(text_));
    text_.clear();
    return add(std::move(value));
  }
  bool on_number_part(bj::string_view part, bj::error_code&) { return append(part); }
  bool on_int64(std::int64_t number, bj::string_view, bj::error_code&) {
    text_.clear();
    return add(Value(number));
  }
  bool on_uint64(std::uint64_t, bj::string_view part, bj::error_code&) { return add_other_number(part); }
  bool on_double(double, bj::string_view part, bj::error_code&) { return add_other_number(part); }
  bool on_bool(bool flag, bj::error_code&) { return add(Value(flag)); }
  bool on_null(bj::error_code&) { return add(Value(nullptr)); }
  bool on_comment_part(bj::string_view, bj::error_code&) { return true; }
  bool on_comment(bj::string_view, bj::error_code&) { return true; }

  Value take() { return std::move(root_); }
  const char* refusal() const { return refusal_; }

 private:
  bool append(bj::string_view part) {
    text_.append(part.data(), part.size());
    return true;
  }

  bool add_other_number(bj::string_view part) {
    append(part);
    OtherNumber number{std::move(text_)};
    text_.clear();
    return add(Value(std::move(number)));
  }

  bool stop(const char* key, bj::error_code& error) {
    refusal_ = key;
    error = bj::error::exception;
    return false;
  }

  bool check_text(bj::error_code& error) {
    return text_.find('\0') == std::string::npos || stop("json.nul_character", error);
  }

  bool check_names(bj::error_code& error) {
    std::vector<std::string_view> names;
    for (const auto& [name, value] : *open_.back().as_object()) names.push_back(name);
    std::sort(names.begin(), names.end());
    const bool unique = std::adjacent_find(names.begin(), names.end()) == names.end();
    return unique || stop("json.duplicate_name", error);
  }

  bool open(Value container) {
    open_.push_back(std::move(container));
    return true;
  }

  bool close() {
    Value done = std::move(open_.back());
    open_.pop_back();
    return add(std::move(done));
  }

  bool add(Value value) {
    if (open_.empty()) {
      root_ = std::move(value);
    } else if (auto* array = open_.back().as_array()) {
      array->push_back(std::move(value));
    } else {
      open_.back().as_object()->emplace_back(std::move(keys_.back()), std::move(value));
      keys_.pop_back();
    }
    return true;
  }

  Value root_;
  std::vector<Value> open_;
  std::vector<std::string> keys_;
  std::string text_;
  const char* refusal_ = nullptr;
};

std::unexpected<Error> refuse_at(std::string_view text, std::size_t offset, const char* key) {
  std::size_t line = 1;
  std::size_t column = 1;
  for (char c : text.substr(0, offset)) {
    if (c == '\n') {
      ++line;
      column = 1;
    } else {
      ++column;
    }
  }
  return refuse(ErrorCode::invalid_input, key, {{"line", std::to_string(line)}, {"column", std::to_string(column)}});
}

void print_text(const std::string& text, std::string& out) {
  constexpr char kHex[] = "0123456789abcdef";
  out += '"';
  for (char c : text) {
    switch (c) {
      case '"': out += "\\\""; break;
      case '\\': out += "\\\\"; break;
      case '\n': out += "\\n"; break;
      case '\r': out += "\\r"; break;
      case '\t': out += "\\t"; break;
      default:
        if (static_cast<unsigned char>(c) < 0x20) {
          out += "\\u00";
          out += kHex[(c >> 4) & 15];
          out += kHex[c & 15];
        } else {
          out += c;
        }
    }
  }
  out += '"';
}

/// Prints on one line when `indent` is negative, else starting at that depth.
void print_value(const Value& value, int indent, std::string& out) {
  const auto new_line = [&](int depth) {
    if (indent < 0) return;
    out += '\n';
    out.append(static_cast<std::size_t>(depth) * 2, ' ');
  };
  const int inner = indent < 0 ? indent : indent + 1;
  if (const auto* flag = value.as_bool()) {
    out += *flag ? "true" : "false";
  } else if (const auto* number = value.as_int()) {
    out += std::to_string(*number);
  } else if (const auto* other = value.as_other_number()) {
    out += other->text;
  } else if (const auto* text = value.as_text()) {
    print_text(*text, out);
  } else if (const auto* array = value.as_array()) {
    out += '[';
    for (std::size_t i = 0; i < array->size(); ++i) {
      if (i > 0) out += ',';
      new_line(inner);
      print_value((*array)[i], inner, out);
    }
    if (!array->empty()) new_line(indent);
    out += ']';
  } else if (const auto* object = value.as_object()) {
    out += '{';
    for (std::size_t i = 0; i < object->size(); ++i) {
      if (i > 0) out += ',';
      new_line(inner);
      print_text((*object)[i].first, out);
      out += indent < 0 ? ":" : ": ";
      print_value((*object)[i].second, inner, out);
    }
    if (!object->empty()) new_line(indent);
    out += '}';
  } else {
    out += "null";
  }
}

}  // namespace

const Value* Value::find(std::string_view name) const {
  if (const Object* object = as_object()) {
    for (const auto& [member_name, value] : *object) {
      if (member_name == name) return &value;
    }
  }
  return nullptr;
}

Value& Value::set(std::string name, Value value) {
  if (is_null()) value_ = Object{};
  for (auto& [member_name, member_value] : *as_object()) {
    if (member_name == name) {
      member_value = std::move(value);
      return *this;
    }
  }
  as_object()->emplace_back(std::move(name), std::move(value));
  return *this;
}

Result<Value> parse(std::string_view text, ParseLimits limits) {
  bj::parse_options options;
  options.max_depth = limits.depth;
  bj::basic_parser<TreeBuilder> parser(options);
  bj::error_code error;
  const std::size_t used = parser.write_some(false, text.data(), text.size(), error);
  if (!error && used < text.size()) error = bj::error::extra_data;
  if (error) {
    if (const char* key = parser.handler().refusal()) return refuse_at(text, used, key);
    return refuse_at(text, used, error == bj::error::too_deep ? "json.too_deep" : "json.malformed");
  }
  return parser.handler().take();
}

std::string print(const Value& value) {
  std::string out;
  print_value(value, -1, out);
  return out;
}

std::string print_pretty(const Value& value) {
  std::string out;
  print_value(value, 0, out);
  out += '\n';
  return out;
}

}  // namespace jiuzhu::json
