#pragma once
// Draws lines of text as outlines that the PDF holds once a glyph (a Type 3 font), with the text behind them for
// searching, copying and reading aloud.
//
// Why not pango_cairo_show_layout_line: it lets cairo 1.16 cut Noto's CFF font down, and that drops subroutines which
// some glyphs need. Such a glyph is blank on screen and paper while the text still copies well, so nothing but looking
// finds it. The very common 如 is one of them ("如不服本决定…", seen in a notice). Private to this folder.

#include <pango/pangocairo.h>

#include <map>

namespace jiuzhu {

/// One for a PDF file: the outline fonts made so far.
class PdfGlyphs {
 public:
  PdfGlyphs() = default;
  ~PdfGlyphs();
  PdfGlyphs(const PdfGlyphs&) = delete;
  PdfGlyphs& operator=(const PdfGlyphs&) = delete;

  /// The line's left end of the baseline is at (x, y); `text` is the layout's.
  void draw(cairo_t* cairo, PangoLayoutLine* line, const char* text, double x, double y);

 private:
  cairo_font_face_t* outlines_of(cairo_font_face_t* face);

  std::map<cairo_font_face_t*, cairo_font_face_t*> outlines_;
};

}  // namespace jiuzhu
