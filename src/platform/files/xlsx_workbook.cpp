#include "platform/files/xlsx_workbook.hpp"

#include <charconv>
#include <map>

#include "base/assert.hpp"
#include "platform/files/xlsx_xml.hpp"

namespace jiuzhu {
namespace {

unsigned parse_unsigned(std::string_view text) {
  unsigned value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

bool is_true(std::string_view text) { return text == "1" || text == "true"; }

struct Relation {
  std::string kind;  // the last word of the type: "officeDocument", "worksheet", "sharedStrings", "styles"
  std::string target;
};

/// "xl/workbook.xml" and "worksheets/sheet1.xml" make "xl/worksheets/sheet1.xml". Only names inside the archive are
/// ever made of this; ".." cannot lead out of it.
std::string resolve(std::string_view part, std::string_view target) {
  if (target.starts_with('/')) return std::string(target.substr(1));
  const std::size_t slash = part.rfind('/');
  std::string folder(slash == std::string_view::npos ? "" : part.substr(0, slash));
  while (target.starts_with("../")) {
    target.remove_prefix(3);
    const std::size_t up = folder.rfind('/');
    folder.erase(up == std::string::npos ? 0 : up);
  }
  return folder.empty() ? std::string(target) : folder + "/" + std::string(target);
}

class RelationsHandler final : public XmlHandler {
 public:
  void open(std::string_view name, const XmlAttributes& attributes) override {
    if (name != "Relationship" || attributes.find("TargetMode") == "External") return;
    const auto id = attributes.find("Id");
    const auto type = attributes.find("Type");
    const auto target = attributes.find("Target");
    if (!id || !type || !target) return;
    relations[std::string(*id)] = {std::string(type->substr(type->rfind('/') + 1)), std::string(*target)};
  }
  void close(std::string_view) override {}
  void text(std::string_view) override {}

  std::map<std::string, Relation> relations;
};

struct Sheet {
  std::string name;
  std::string relation;
  bool is_visible = true;
};

class WorkbookHandler final : public XmlHandler {
 public:
  void open(std::string_view name, const XmlAttributes& attributes) override {
    if (name == "workbookPr") {
      if (is_true(attributes.find("date1904").value_or("0"))) date_system = DateSystem::from_1904;
    } else if (name == "sheet") {
      // The prefix of the relation's attribute is free, "r:id" in practice; "sheetId" is another name altogether.
      sheets.push_back({std::string(attributes.find_exact("name").value_or("")),
                        std::string(attributes.find("id").value_or("")),
                        attributes.find("state").value_or("visible") == "visible"});
    }
  }
  void close(std::string_view) override {}
  void text(std::string_view) override {}

  DateSystem date_system = DateSystem::from_1900;
  std::vector<Sheet> sheets;
};

class StylesHandler final : public XmlHandler {
 public:
  void open(std::string_view name, const XmlAttributes& attributes) override {
    if (name == "numFmt") {
      formats_[parse_unsigned(attributes.find("numFmtId").value_or("0"))] = attributes.find("formatCode").value_or("");
    } else if (name == "cellXfs") {
      is_in_cell_formats_ = true;
    } else if (name == "xf" && is_in_cell_formats_) {
      const unsigned id = parse_unsigned(attributes.find("numFmtId").value_or("0"));
      const auto own = formats_.find(id);
      is_date_style.push_back(is_date_format(id, own == formats_.end() ? "" : own->second));
    }
  }
  void close(std::string_view name) override {
    if (name == "cellXfs") is_in_cell_formats_ = false;
  }
  void text(std::string_view) override {}

  std::vector<bool> is_date_style;

 private:
  std::map<unsigned, std::string> formats_;  // numFmts stand before cellXfs in the schema
  bool is_in_cell_formats_ = false;
};

/// si/t and si/r/t are the text; rPh holds its pronunciation and is skipped.
class SharedStringsHandler final : public XmlHandler {
 public:
  explicit SharedStringsHandler(SharedStrings& strings) : strings_(strings) {}

  void open(std::string_view name, const XmlAttributes&) override {
    if (name == "si") current_.clear();
    if (name == "rPh") ++phonetic_depth_;
    is_in_text_ = name == "t" && phonetic_depth_ == 0;
  }
  void close(std::string_view name) override {
    is_in_text_ = false;
    if (name == "rPh") --phonetic_depth_;
    if (name == "si") strings_.add(unescape_text(current_));
  }
  void text(std::string_view piece) override {
    if (is_in_text_) current_ += piece;
  }

 private:
  SharedStrings& strings_;
  std::string current_;
  int phonetic_depth_ = 0;
  bool is_in_text_ = false;
};

Result<std::map<std::string, Relation>> read_relations(const XlsxPackage& package, const std::string& part) {
  const std::size_t slash = part.rfind('/');
  const std::string folder = slash == std::string::npos ? "" : part.substr(0, slash + 1);
  RelationsHandler handler;
  JZ_TRY_VOID(read_xml(package, folder + "_rels/" + part.substr(folder.size()) + ".rels", handler));
  return std::move(handler.relations);
}

const Sheet* choose_sheet(const std::vector<Sheet>& sheets, const std::map<std::string, Relation>& relations,
                          const std::string& wanted) {
  for (const Sheet& sheet : sheets) {
    const auto relation = relations.find(sheet.relation);
    if (relation == relations.end() || relation->second.kind != "worksheet") continue;  // a chart
    if (wanted.empty() ? sheet.is_visible : sheet.name == wanted) return &sheet;
  }
  return nullptr;
}

}  // namespace

void SharedStrings::add(std::string_view text) {
  text_ += text;
  JZ_ASSERT(text_.size() <= UINT32_MAX);  // the limit of an entry is far below
  ends_.push_back(static_cast<std::uint32_t>(text_.size()));
}

std::string_view SharedStrings::at(std::size_t index) const {
  const std::size_t begin = index == 0 ? 0 : ends_.at(index - 1);
  return std::string_view(text_).substr(begin, ends_.at(index) - begin);
}

Result<XlsxWorkbook> read_workbook(const XlsxPackage& package, const std::string& sheet) {
  if (!package.contains("_rels/.rels")) return refuse(ErrorCode::invalid_input, "table.not_a_workbook");
  JZ_TRY(const auto roots, read_relations(package, ""));
  std::string workbook_part;
  for (const auto& [id, relation] : roots) {
    if (relation.kind == "officeDocument") workbook_part = resolve("", relation.target);
  }
  // A Word document has another root element and no sheets; a binary workbook (.xlsb) is not XML.
  if (workbook_part.empty() || !package.contains(workbook_part) || !workbook_part.ends_with(".xml")) {
    return refuse(ErrorCode::invalid_input, "table.not_a_workbook");
  }
  WorkbookHandler workbook_handler;
  JZ_TRY_VOID(read_xml(package, workbook_part, workbook_handler));
  if (workbook_handler.sheets.empty()) return refuse(ErrorCode::invalid_input, "table.not_a_workbook");
  JZ_TRY(const auto relations, read_relations(package, workbook_part));
  const Sheet* chosen = choose_sheet(workbook_handler.sheets, relations, sheet);
  if (chosen == nullptr) return refuse(ErrorCode::invalid_input, "xlsx.sheet_missing", {{"sheet", sheet}});

  XlsxWorkbook workbook;
  workbook.sheet_part = resolve(workbook_part, relations.at(chosen->relation).target);
  workbook.date_system = workbook_handler.date_system;
  for (const auto& [id, relation] : relations) {
    if (relation.kind == "styles") {
      StylesHandler styles;
      JZ_TRY_VOID(read_xml(package, resolve(workbook_part, relation.target), styles));
      workbook.is_date_style = std::move(styles.is_date_style);
    } else if (relation.kind == "sharedStrings") {
      SharedStringsHandler strings(workbook.shared_strings);
      JZ_TRY_VOID(read_xml(package, resolve(workbook_part, relation.target), strings));
    }
  }
  return workbook;
}

}  // namespace jiuzhu
