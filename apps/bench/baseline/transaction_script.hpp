#pragma once
// Captured statements turned into something that can be repeated: constants stay as they were captured, what must be
// new in every transaction (ids, citizens) or comes out of an earlier statement (numbers of a counter) is a variable.

#include <cstddef>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "baseline/captured_statements.hpp"

namespace jiuzhu::bench {

/// What stands in a place that differs from transaction to transaction.
enum class Variable {
  county,      // six digits
  village,     // twelve digits, in that county
  fresh_id,    // increases, as the program's ids do
  fresh_text,  // random, one for each `index`: a citizen's keyed index
  returned,    // what statement number `index` returned in its first column
};

struct Place {
  Variable variable = Variable::fresh_id;
  std::size_t index = 0;
};

struct Constant {
  std::optional<std::string> value;  // nothing is null
};

struct ScriptStatement {
  std::string sql;  // with $1, $2, …
  std::vector<std::variant<Constant, Place>> parameters;
  std::vector<std::string> types;  // of the parameters
  bool gives_returned = false;     // its first column is wanted by a later statement
};

struct TransactionScript {
  std::vector<ScriptStatement> statements;
  std::size_t fresh_text_count = 0;
};

/// Which columns the program fills anew, and out of what.
struct VaryingColumn {
  std::string table;
  std::string column;
  Variable variable = Variable::fresh_id;
  std::string returned_by = {};  // for `returned`: a piece of the SQL of the statement that returns it
};

/// A value found in a varying column is the same variable wherever else it stands in the transaction. The county and
/// the village of the captured request are variables as well, so that one script serves several counties.
TransactionScript make_script(const std::vector<CapturedStatement>& statements,
                              const std::vector<VaryingColumn>& columns, const std::string& county,
                              const std::string& village);

}  // namespace jiuzhu::bench
