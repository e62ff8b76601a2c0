#include "platform/files/pdf_page.hpp"

namespace jiuzhu {
namespace {

constexpr const char* kFont = "Noto Sans CJK SC";

double to_points(int pango_units) { return static_cast<double>(pango_units) / PANGO_SCALE; }
int to_pango(double points) { return static_cast<int>(points * PANGO_SCALE); }

PangoAlignment alignment_of(PdfAlign align) {
  switch (align) {
    case PdfAlign::left: return PANGO_ALIGN_LEFT;
    case PdfAlign::center: return PANGO_ALIGN_CENTER;
    case PdfAlign::right: return PANGO_ALIGN_RIGHT;
  }
  return PANGO_ALIGN_LEFT;
}

struct FreeIterator {
  void operator()(PangoLayoutIter* iterator) const { pango_layout_iter_free(iterator); }
};
using LayoutIterator = std::unique_ptr<PangoLayoutIter, FreeIterator>;

/// The iterator on line `index`.
LayoutIterator line_at(PangoLayout* layout, int index) {
  LayoutIterator iterator(pango_layout_get_iter(layout));
  for (int i = 0; i < index; ++i) pango_layout_iter_next_line(iterator.get());
  return iterator;
}

struct VerticalRange {
  double top = 0;
  double bottom = 0;
};

VerticalRange range_of(PangoLayoutIter* iterator) {
  int top = 0;
  int bottom = 0;
  pango_layout_iter_get_line_yrange(iterator, &top, &bottom);
  return {to_points(top), to_points(bottom)};
}

}  // namespace

PdfPages::PdfPages(PdfOrientation orientation, PangoContext* context, PdfGlyphs& glyphs)
    : width_((orientation == PdfOrientation::portrait ? 210 : 297) * kPointsPerMillimetre),
      height_((orientation == PdfOrientation::portrait ? 297 : 210) * kPointsPerMillimetre),
      context_(context),
      glyphs_(&glyphs),
      y_(top()),
      pages_(1) {}

void PdfPages::new_page() {
  pages_.emplace_back();
  y_ = top();
}

SharedLayout PdfPages::layout(const std::string& text, double width, const PdfTextStyle& style) {
  SharedLayout layout(pango_layout_new(context_), ReleaseObject{});
  PangoFontDescription* font = pango_font_description_from_string(kFont);
  pango_font_description_set_size(font, to_pango(style.size));
  pango_layout_set_font_description(layout.get(), font);
  pango_font_description_free(font);
  pango_layout_set_width(layout.get(), to_pango(width));
  // Chinese breaks anywhere but before closing marks; a long number must break too rather than leave its cell.
  pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
  pango_layout_set_alignment(layout.get(), alignment_of(style.align));
  pango_layout_set_indent(layout.get(), to_pango(style.indent));
  pango_layout_set_justify(layout.get(), style.is_justified);
  pango_layout_set_line_spacing(layout.get(),
                                static_cast<float>(style.line_spacing) / 1.448F);  // the font's own is 1.448
  pango_layout_set_text(layout.get(), text.data(), static_cast<int>(text.size()));
  if (pango_layout_get_unknown_glyphs_count(layout.get()) > 0) lacks_glyph_ = true;
  return layout;
}

void PdfPages::draw_lines(const PdfLines& lines, double x, double y) {
  draw([glyphs = glyphs_, lines, x, y](cairo_t* cairo) {
    const LayoutIterator iterator = line_at(lines.layout.get(), lines.first);
    const double top = range_of(iterator.get()).top;
    for (int i = lines.first; i < lines.end; ++i) {
      PangoRectangle logical;
      pango_layout_iter_get_line_extents(iterator.get(), nullptr, &logical);
      const double baseline = to_points(pango_layout_iter_get_baseline(iterator.get()));
      glyphs->draw(cairo, pango_layout_iter_get_line_readonly(iterator.get()),
                   pango_layout_get_text(lines.layout.get()), x + to_points(logical.x), y + baseline - top);
      pango_layout_iter_next_line(iterator.get());
    }
  });
}

double height_of(const PdfLines& lines) {
  if (lines.first >= lines.end) return 0;
  const LayoutIterator first = line_at(lines.layout.get(), lines.first);
  const LayoutIterator last = line_at(lines.layout.get(), lines.end - 1);
  return range_of(last.get()).bottom - range_of(first.get()).top;
}

PdfLines all_lines(const SharedLayout& layout) { return {layout, 0, pango_layout_get_line_count(layout.get())}; }

PdfLines fitting_lines(const PdfLines& lines, double room) {
  PdfLines fitting{lines.layout, lines.first, lines.first};
  if (lines.first >= lines.end) return fitting;
  const LayoutIterator iterator = line_at(lines.layout.get(), lines.first);
  const double top = range_of(iterator.get()).top;
  while (fitting.end < lines.end && range_of(iterator.get()).bottom - top <= room) {
    ++fitting.end;
    pango_layout_iter_next_line(iterator.get());
  }
  return fitting;
}

}  // namespace jiuzhu
