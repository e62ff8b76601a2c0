#include "baseline/transaction_script.hpp"

#include <map>
#include <stdexcept>

namespace jiuzhu::bench {
namespace {

class ScriptMaker {
 public:
  ScriptMaker(const std::vector<CapturedStatement>& statements, const std::vector<VaryingColumn>& columns)
      : statements_(statements), columns_(columns) {}

  TransactionScript make(const std::string& county, const std::string& village) {
    places_[county] = {Variable::county};
    places_[village] = {Variable::village};
    find_varying_values();
    for (std::size_t i = 0; i < statements_.size(); ++i) add(i);
    return std::move(script_);
  }

 private:
  void find_varying_values() {
    for (std::size_t i = 0; i < statements_.size(); ++i) {
      const auto shape = insert_shape(statements_[i].sql);
      if (!shape) continue;
      for (const VaryingColumn& varying : columns_) {
        if (varying.table != shape->table) continue;
        // A statement that inserts several rows repeats its columns.
        for (std::size_t at = 0; at < statements_[i].parameters.size(); ++at) {
          if (shape->columns[at % shape->columns.size()] == varying.column) {
            note(varying, statements_[i].parameters[at], i);
          }
        }
      }
    }
  }

  void note(const VaryingColumn& varying, const std::optional<std::string>& value, std::size_t statement) {
    Place place{varying.variable};
    if (varying.variable == Variable::fresh_text) place.index = script_.fresh_text_count++;
    if (varying.variable == Variable::returned) place.index = statement_with(varying.returned_by, statement);
    // A short number may equal some other value by chance; such a value is bound to its own column only.
    if (varying.variable == Variable::returned) {
      returned_[{varying.table, varying.column}] = place;
    } else {
      places_[value.value()] = place;
    }
  }

  std::size_t statement_with(const std::string& piece, std::size_t before) const {
    for (std::size_t i = before; i-- > 0;) {
      if (statements_[i].sql.find(piece) != std::string::npos) return i;
    }
    throw std::runtime_error("no captured statement holds: " + piece);
  }

  void add(std::size_t number) {
    const CapturedStatement& captured = statements_[number];
    ScriptStatement statement{.sql = captured.sql, .parameters = {}, .types = {}};
    const auto shape = insert_shape(captured.sql);
    for (std::size_t i = 0; i < captured.parameters.size(); ++i) {
      const auto& value = captured.parameters[i];
      const auto returned =
          shape ? returned_.find({shape->table, shape->columns[i % shape->columns.size()]}) : returned_.end();
      if (returned != returned_.end()) {
        statement.parameters.emplace_back(returned->second);
        script_.statements.at(returned->second.index).gives_returned = true;
      } else if (const auto found = value ? places_.find(*value) : places_.end(); found != places_.end()) {
        statement.parameters.emplace_back(found->second);
      } else {
        statement.parameters.emplace_back(Constant{value});
      }
    }
    script_.statements.push_back(std::move(statement));
  }

  const std::vector<CapturedStatement>& statements_;
  const std::vector<VaryingColumn>& columns_;
  std::map<std::string, Place> places_;
  std::map<std::pair<std::string, std::string>, Place> returned_;
  TransactionScript script_;
};

}  // namespace

TransactionScript make_script(const std::vector<CapturedStatement>& statements,
                              const std::vector<VaryingColumn>& columns, const std::string& county,
                              const std::string& village) {
  return ScriptMaker(statements, columns).make(county, village);
}

}  // namespace jiuzhu::bench
