#include "kernel/policy_files/readers.hpp"

namespace jiuzhu::policy {

void read_instruments(const YamlReader& file, Wording& wording) {
  file.allow({"instruments"});
  for (const YamlReader& entry : file.find("instruments").elements()) {
    entry.allow(
        {"id", "title", "title_en", "number", "issued", "effective", "repealed", "source", "status", "cited_as"});
    Instrument instrument{.id = entry.text("id"),
                          .title = entry.text("title"),
                          .title_en = entry.text("title_en"),
                          .number = entry.optional_text("number").value_or(""),
                          .issued = entry.optional_date("issued"),
                          .effective = entry.optional_date("effective"),
                          .repealed = entry.optional_date("repealed"),
                          .source = entry.text("source"),
                          .status = read_status(entry)};
    const std::string cited_as = entry.optional_text("cited_as").value_or("articles");
    if (cited_as != "articles" && cited_as != "sections") {
      entry.find("cited_as").fail("yaml.not_in_list", {{"value", cited_as}, {"allowed", "articles, sections"}});
    }
    instrument.in_sections = cited_as == "sections";
    if (wording.instruments.contains(instrument.id)) {
      entry.find("id").fail("policy_file.id_twice", {{"id", instrument.id}});
    }
    wording.instruments[instrument.id] = std::move(instrument);
  }
}

void read_wording(const YamlReader& file, Wording& wording) {
  file.allow({"phrases", "terms"});
  for (const auto& [name, entry] : file.find("phrases").members()) {
    const auto phrase = enum_named<Phrase>(name);
    if (!phrase) {
      entry.fail("policy_file.unknown_phrase", {{"name", name}});
      continue;
    }
    wording.phrases[*phrase] = read_bilingual(entry);
  }
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<Phrase>>([&](auto phrase) {
    if (!wording.phrases.contains(phrase.value)) file.fail("yaml.missing", {{"name", phrase.name}});
  });
  for (const auto& [name, entry] : file.find("terms").members()) wording.terms[name] = read_bilingual(entry);
}

std::vector<std::string> read_articles(const YamlReader& entry, const Wording& wording) {
  std::vector<std::string> articles = entry.texts("articles");
  for (const std::string& article : articles) {
    if (!wording.instruments.contains(article.substr(0, article.find('/')))) {
      entry.find("articles").fail("policy_file.unknown_instrument", {{"article", article}});
    }
  }
  return articles;
}

}  // namespace jiuzhu::policy
