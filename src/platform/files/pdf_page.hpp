#pragma once
// The sheet of paper under a document: where the next thing goes, when a page is full, and what is drawn once the
// number of pages is known. Private to this folder. Lengths are PDF points (1/72 inch) from the upper left corner.

#include <pango/pangocairo.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "platform/files/pdf_document.hpp"
#include "platform/files/pdf_glyphs.hpp"

namespace jiuzhu {

constexpr double kPointsPerMillimetre = 72 / 25.4;

struct ReleaseObject {
  void operator()(void* object) const { g_object_unref(object); }
};
using SharedLayout = std::shared_ptr<PangoLayout>;

struct PdfTextStyle {
  double size = 12;  // points
  PdfAlign align = PdfAlign::left;
  double indent = 0;
  bool is_justified = false;
  double line_spacing = 1.5;
};

/// Some lines of a layout, whose top is at `y`.
struct PdfLines {
  SharedLayout layout;
  int first = 0;
  int end = 0;
};

class PdfPages {
 public:
  using Draw = std::function<void(cairo_t*)>;

  /// `context` and `glyphs` outlive the pages and what they draw.
  PdfPages(PdfOrientation orientation, PangoContext* context, PdfGlyphs& glyphs);

  double width() const { return width_; }
  double height() const { return height_; }
  double left() const { return 28 * kPointsPerMillimetre; }
  double text_width() const { return width_ - left() - 26 * kPointsPerMillimetre; }
  double top() const { return 28 * kPointsPerMillimetre; }
  double bottom() const { return height_ - 28 * kPointsPerMillimetre; }

  double y() const { return y_; }
  double room() const { return bottom() - y_; }
  bool is_fresh() const { return y_ == top(); }
  void move_down(double by) { y_ += by; }
  void new_page();
  void draw(Draw draw) { pages_.back().push_back(std::move(draw)); }

  SharedLayout layout(const std::string& text, double width, const PdfTextStyle& style);
  void draw_lines(const PdfLines& lines, double x, double y);

  /// A character without a glyph was laid out.
  bool lacks_glyph() const { return lacks_glyph_; }
  const std::vector<std::vector<Draw>>& pages() const { return pages_; }

 private:
  double width_;
  double height_;
  PangoContext* context_;
  PdfGlyphs* glyphs_;
  double y_;
  bool lacks_glyph_ = false;
  std::vector<std::vector<Draw>> pages_;
};

/// Height in points of these lines.
double height_of(const PdfLines& lines);
PdfLines all_lines(const SharedLayout& layout);
/// The lines that fit into `room` points.
PdfLines fitting_lines(const PdfLines& lines, double room);

}  // namespace jiuzhu
