#include "suites/filing_script.hpp"

#include <stdexcept>

#include "harness/postgresql.hpp"
#include "platform/db/database.hpp"

namespace jiuzhu::bench {

TransactionScript capture_filing(const Settings& settings, FilingBodies& bodies) {
  static std::optional<TransactionScript> captured;  // two suites want it
  if (captured) return *captured;
  const Installation installation(settings, DatabaseKind::postgresql, "capture");
  const OneTimePasswords passwords = create_filing_users(installation);
  const RunningServer server(installation, logging_address(installation.database()));
  activate_filing_users(server.port(), passwords);
  const auto desks = filing_desks(server.port(), 1, 1);
  const PlacePair& place = filing_places().front();
  const auto file_one = [&] {
    const http::Reply reply = desks[0]->send(http::Method::post, "/cases", bodies.next(place.village));
    if (reply.status != 201) throw std::runtime_error("the application was not filed: " + reply.body);
  };
  file_one();  // the first of a county starts its audit chain, which later ones do not
  const auto statements = capture_statements(settings, file_one);
  TransactionScript script =
      make_script(statements,
                  {{"assistance_case", "id", Variable::fresh_id},
                   {"assistance_case", "case_number", Variable::returned, "update case_counter"},
                   {"case_person", "citizen_index", Variable::fresh_text},
                   {"audit_record", "sequence", Variable::returned, "update audit_chain set sequence"}},
                  place.county, place.village);
  std::vector<std::string> texts;
  for (const ScriptStatement& statement : script.statements) texts.push_back(statement.sql);
  const auto types = parameter_types(settings, installation.name(), texts);
  for (std::size_t i = 0; i < types.size(); ++i) script.statements[i].types = types[i];
  captured = script;
  return script;
}

TransactionScript with_session_of(TransactionScript script, const std::string& database) {
  auto opened = db::Database::open(database, {.connection_count = 1});
  if (!opened) throw std::runtime_error("the database does not open: " + database);
  const auto digest = (*opened)->read([](db::Transaction& tx) {
    return tx.get<std::string>({"bench.session", "select token_digest from session order by token_digest limit 1"});
  });
  for (ScriptStatement& statement : script.statements) {
    if (statement.sql.find("where s.token_digest = $1") != std::string::npos) {
      statement.parameters.at(0) = Constant{digest};
    }
  }
  return script;
}

}  // namespace jiuzhu::bench
