#include "platform/files/pdf_document.hpp"

#include <cairo-pdf.h>
#include <qrencode.h>

#include <algorithm>
#include <optional>
#include <stdexcept>

#include "base/assert.hpp"
#include "platform/files/pdf_page.hpp"

namespace jiuzhu {
namespace {

constexpr double kTitleSize = 20;
constexpr double kHeadingSize = 14;
constexpr double kBodySize = 13;
constexpr double kTableSize = 10;
constexpr double kFooterSize = 9;
constexpr double kPadding = 4;  // inside table cells
constexpr double kLineWidth = 0.6;
constexpr double kQrSize = 28 * kPointsPerMillimetre;
constexpr int kQrQuietZone = 4;  // modules of white around (ISO/IEC 18004)

struct DestroySurface {
  void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
};
struct DestroyCairo {
  void operator()(cairo_t* cairo) const { cairo_destroy(cairo); }
};
struct FreeQrCode {
  void operator()(QRcode* code) const { QRcode_free(code); }
};

struct Cell {
  PdfLines lines;
  double x = 0;
  double width = 0;
};

/// Lays one document out on pages; nothing is drawn before all is known.
class Composer {
 public:
  explicit Composer(PdfPages& pages) : pages_(pages) {}

  void title(const PdfDocument& document) {
    paragraph(document.title, {.size = kTitleSize, .align = PdfAlign::center, .line_spacing = 1.4});
    if (!document.number.empty()) {
      pages_.move_down(4);
      paragraph(document.number, {.size = kBodySize, .align = PdfAlign::right});
    }
    pages_.move_down(14);
  }

  void operator()(const PdfHeading& heading) {
    // A heading at the very foot of a page would stand alone.
    if (pages_.room() < 60) pages_.new_page();
    pages_.move_down(6);
    paragraph(heading.text, {.size = kHeadingSize, .align = PdfAlign::center});
    pages_.move_down(6);
  }

  void operator()(const PdfParagraph& block) {
    const bool is_body = block.kind == PdfParagraphKind::body;
    paragraph(
        block.text,
        {.size = kBodySize, .indent = is_body ? 2 * kBodySize : 0, .is_justified = is_body, .line_spacing = 1.75});
    pages_.move_down(4);
  }

  void operator()(const PdfKeyValues& block) {
    pages_.move_down(6);
    JZ_ASSERT(block.columns == 1 || block.columns == 2);
    const auto pairs = static_cast<std::size_t>(block.columns);
    const double key_share = 0.22 / static_cast<double>(pairs) * (pairs == 2 ? 1.4 : 1);
    PdfTable table;
    for (std::size_t i = 0; i < pairs; ++i) {
      table.columns.push_back({.share = key_share});
      table.columns.push_back({.share = 1.0 / static_cast<double>(pairs) - key_share});
    }
    for (std::size_t i = 0; i < block.rows.size(); i += pairs) {
      std::vector<std::string> cells;
      for (std::size_t j = i; j < std::min(i + pairs, block.rows.size()); ++j) {
        cells.push_back(block.rows[j].first);
        cells.push_back(block.rows[j].second);
      }
      table.rows.push_back(std::move(cells));
    }
    rows(table, nullptr);
    pages_.move_down(8);
  }

  void operator()(const PdfTable& table) {
    JZ_ASSERT(!table.columns.empty());
    std::vector<std::string> titles;
    for (const PdfColumn& column : table.columns) titles.push_back(column.title);
    std::vector<Cell> header = cells_of(table.columns, titles, PdfAlign::center);
    // The header and at least one line of a row stay together.
    if (pages_.room() < height_of_row(header) + 3 * kTableSize) pages_.new_page();
    whole_row(header);
    rows(table, &header);
    pages_.move_down(8);
  }

  void operator()(const PdfSignature& signature) {
    std::vector<SharedLayout> lines;
    double widest = 0;
    double height = 0;
    for (const std::string& text : signature.lines) {
      lines.push_back(pages_.layout(text, pages_.text_width(), {.size = kBodySize, .line_spacing = 1.75}));
      PangoRectangle logical;
      pango_layout_get_extents(lines.back().get(), nullptr, &logical);
      widest = std::max(widest, static_cast<double>(logical.width) / PANGO_SCALE);
      height += height_of(all_lines(lines.back()));
    }
    // Two characters stay free at the right (GB/T 9704-2012, 7.3.5.3).
    const double right = pages_.left() + pages_.text_width() - std::min(2 * kBodySize, pages_.text_width() - widest);
    pages_.move_down(20);
    if (pages_.room() < height && !pages_.is_fresh()) pages_.new_page();
    for (const std::string& text : signature.lines) {
      const SharedLayout line =
          pages_.layout(text, widest + 1, {.size = kBodySize, .align = PdfAlign::center, .line_spacing = 1.75});
      flow(all_lines(line), right - widest);
    }
    pages_.move_down(8);
  }

  void operator()(const PdfQrCode& block) {
    const std::shared_ptr<QRcode> code(
        QRcode_encodeData(static_cast<int>(block.text.size()),
                          reinterpret_cast<const unsigned char*>(block.text.data()), 0, QR_ECLEVEL_M),
        FreeQrCode{});
    if (!code) {
      refusal_ = "pdf.qr_code_too_long";
      return;
    }
    const SharedLayout caption = pages_.layout(block.caption, pages_.text_width() - kQrSize - 10, {.size = kTableSize});
    const double height = std::max(kQrSize, height_of(all_lines(caption)));
    pages_.move_down(10);
    if (pages_.room() < height && !pages_.is_fresh()) pages_.new_page();
    const double y = pages_.y();
    pages_.draw([code, x = pages_.left(), y](cairo_t* cairo) { draw_qr_code(cairo, *code, x, y); });
    pages_.draw_lines(all_lines(caption), pages_.left() + kQrSize + 10,
                      y + (kQrSize - height_of(all_lines(caption))) / 2);
    pages_.move_down(height + 8);
  }

  void operator()(const PdfPageBreak&) {
    if (!pages_.is_fresh()) pages_.new_page();
  }

  const char* refusal() const { return refusal_; }

 private:
  static void draw_qr_code(cairo_t* cairo, const QRcode& code, double x, double y) {
    const double module = kQrSize / (code.width + 2 * kQrQuietZone);
    for (int row = 0; row < code.width; ++row) {
      for (int column = 0; column < code.width; ++column) {
        if ((code.data[row * code.width + column] & 1) == 0) continue;
        cairo_rectangle(cairo, x + (column + kQrQuietZone) * module, y + (row + kQrQuietZone) * module, module, module);
      }
    }
    cairo_fill(cairo);
  }

  void paragraph(const std::string& text, const PdfTextStyle& style) {
    flow(all_lines(pages_.layout(text, pages_.text_width(), style)), pages_.left());
  }

  /// Over as many pages as it takes.
  void flow(PdfLines lines, double x) {
    while (lines.first < lines.end) {
      PdfLines part = fitting_lines(lines, pages_.room());
      if (part.first == part.end) {
        if (!pages_.is_fresh()) {
          pages_.new_page();
          continue;
        }
        part.end = part.first + 1;  // a single line higher than a page: draw it anyhow
      }
      pages_.draw_lines(part, x, pages_.y());
      pages_.move_down(height_of(part));
      lines.first = part.end;
    }
  }

  std::vector<Cell> cells_of(const std::vector<PdfColumn>& columns, const std::vector<std::string>& texts,
                             std::optional<PdfAlign> align) {
    JZ_ASSERT(texts.size() <= columns.size());
    double shares = 0;
    for (const PdfColumn& column : columns) shares += column.share;
    std::vector<Cell> cells;
    double x = pages_.left();
    for (std::size_t i = 0; i < columns.size(); ++i) {
      const double width = pages_.text_width() * columns[i].share / shares;
      const SharedLayout layout =
          pages_.layout(i < texts.size() ? texts[i] : std::string(), width - 2 * kPadding,
                        {.size = kTableSize, .align = align.value_or(columns[i].align), .line_spacing = 1.4});
      cells.push_back({all_lines(layout), x, width});
      x += width;
    }
    return cells;
  }

  static double height_of_row(const std::vector<Cell>& cells) {
    double height = 0;
    for (const Cell& cell : cells) height = std::max(height, height_of(cell.lines));
    return height + 2 * kPadding;
  }

  void whole_row(const std::vector<Cell>& cells) {
    const double height = height_of_row(cells);
    for (const Cell& cell : cells) {
      const double y = pages_.y() + (height - height_of(cell.lines)) / 2;
      pages_.draw_lines(cell.lines, cell.x + kPadding, y);
      pages_.draw([x = cell.x, width = cell.width, y_top = pages_.y(), height](cairo_t* cairo) {
        cairo_rectangle(cairo, x, y_top, width, height);
        cairo_stroke(cairo);
      });
    }
    pages_.move_down(height);
  }

  void next_table_page(const std::vector<Cell>* header) {
    pages_.new_page();
    if (header != nullptr) whole_row(*header);
  }

  void rows(const PdfTable& table, const std::vector<Cell>* header) {
    const double header_height = header == nullptr ? 0 : height_of_row(*header);
    const double page_height = pages_.bottom() - pages_.top() - header_height;
    for (const auto& texts : table.rows) {
      std::vector<Cell> rest = cells_of(table.columns, texts, std::nullopt);
      // A row is cut only when no page could hold it.
      if (height_of_row(rest) > pages_.room() && height_of_row(rest) <= page_height) next_table_page(header);
      while (height_of_row(rest) > pages_.room()) {
        std::vector<Cell> part = rest;
        bool has_lines = false;
        for (std::size_t i = 0; i < rest.size(); ++i) {
          part[i].lines = fitting_lines(rest[i].lines, pages_.room() - 2 * kPadding);
          rest[i].lines.first = part[i].lines.end;
          has_lines = has_lines || part[i].lines.first < part[i].lines.end;
        }
        if (has_lines) whole_row(part);
        JZ_ASSERT(has_lines || pages_.room() < page_height);  // or this would never end
        next_table_page(header);
      }
      whole_row(rest);
    }
  }

  PdfPages& pages_;
  const char* refusal_ = nullptr;
};

cairo_status_t append_bytes(void* target, const unsigned char* bytes, unsigned size) {
  static_cast<std::string*>(target)->append(reinterpret_cast<const char*>(bytes), size);
  return CAIRO_STATUS_SUCCESS;
}

/// "number        page n/N" at the foot of every page.
void add_footers(PdfPages& pages, const std::string& number, std::vector<std::vector<PdfPages::Draw>>& drawings) {
  const std::size_t count = pages.pages().size();
  PdfPages footer = pages;
  for (std::size_t i = 0; i < count; ++i) {
    const double y = pages.height() - 18 * kPointsPerMillimetre;
    const std::string page = "第 " + std::to_string(i + 1) + " 页，共 " + std::to_string(count) + " 页";
    footer.new_page();
    footer.draw_lines(all_lines(footer.layout(number, pages.text_width(), {.size = kFooterSize})), pages.left(), y);
    footer.draw_lines(
        all_lines(footer.layout(page, pages.text_width(), {.size = kFooterSize, .align = PdfAlign::right})),
        pages.left(), y);
    drawings.push_back(pages.pages()[i]);
    for (const auto& draw : footer.pages().back()) drawings.back().push_back(draw);
  }
}

void check(cairo_status_t status) {
  if (status != CAIRO_STATUS_SUCCESS) throw std::runtime_error(std::string("pdf: ") + cairo_status_to_string(status));
}

}  // namespace

Result<std::string> render_pdf(std::span<const PdfDocument> documents, Instant created_at) {
  std::string bytes;
  const std::unique_ptr<cairo_surface_t, DestroySurface> surface(
      cairo_pdf_surface_create_for_stream(append_bytes, &bytes, 595, 842));
  check(cairo_surface_status(surface.get()));
  if (!documents.empty()) {
    cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_TITLE, documents.front().title.c_str());
  }
  cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_CREATE_DATE,
                                 (created_at.to_text().substr(0, 19) + "Z").c_str());
  const std::unique_ptr<cairo_t, DestroyCairo> cairo(cairo_create(surface.get()));
  const std::unique_ptr<PangoContext, ReleaseObject> context(pango_cairo_create_context(cairo.get()));
  // Han characters are drawn in their mainland forms.
  pango_context_set_language(context.get(), pango_language_from_string("zh-cn"));

  PdfGlyphs glyphs;
  for (const PdfDocument& document : documents) {
    PdfPages pages(document.orientation, context.get(), glyphs);
    Composer composer(pages);
    composer.title(document);
    for (const PdfBlock& block : document.blocks) std::visit(composer, block);
    if (composer.refusal() != nullptr) return refuse(ErrorCode::too_large, composer.refusal());
    std::vector<std::vector<PdfPages::Draw>> drawings;
    add_footers(pages, document.number, drawings);
    if (pages.lacks_glyph()) return refuse(ErrorCode::unavailable, "pdf.glyph_missing");
    cairo_pdf_surface_set_size(surface.get(), pages.width(), pages.height());
    for (const auto& drawing : drawings) {
      cairo_set_line_width(cairo.get(), kLineWidth);
      for (const auto& draw : drawing) draw(cairo.get());
      cairo_show_page(cairo.get());
    }
  }
  check(cairo_status(cairo.get()));
  cairo_surface_finish(surface.get());
  check(cairo_surface_status(surface.get()));
  return bytes;
}

}  // namespace jiuzhu
