#include "platform/files/pdf_glyphs.hpp"

#include <memory>
#include <vector>

#include "base/assert.hpp"

namespace jiuzhu {
namespace {

constexpr double kUnitsPerEm = 1000;
const cairo_user_data_key_t kSourceFace{};

struct DestroyOptions {
  void operator()(cairo_font_options_t* options) const { cairo_font_options_destroy(options); }
};

void release_face(void* face) { cairo_font_face_destroy(static_cast<cairo_font_face_t*>(face)); }

/// Called by cairo for each glyph that the file uses, in a space where the font's size is 1.
cairo_status_t render_outline(cairo_scaled_font_t* font, unsigned long glyph, cairo_t* cairo,
                              cairo_text_extents_t* extents) {
  auto* source = static_cast<cairo_font_face_t*>(
      cairo_font_face_get_user_data(cairo_scaled_font_get_font_face(font), &kSourceFace));
  const std::unique_ptr<cairo_font_options_t, DestroyOptions> options(cairo_font_options_create());
  cairo_font_options_set_hint_style(options.get(), CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics(options.get(), CAIRO_HINT_METRICS_OFF);
  cairo_set_font_options(cairo, options.get());
  cairo_set_font_face(cairo, source);
  // Outlines come in 1/64 of a unit: at size 1 they would be rounded to nothing.
  cairo_scale(cairo, 1 / kUnitsPerEm, 1 / kUnitsPerEm);
  cairo_set_font_size(cairo, kUnitsPerEm);
  const cairo_glyph_t at_origin{glyph, 0, 0};
  cairo_text_extents_t source_extents;
  cairo_glyph_extents(cairo, &at_origin, 1, &source_extents);
  extents->x_advance = source_extents.x_advance / kUnitsPerEm;
  cairo_glyph_path(cairo, &at_origin, 1);
  cairo_fill(cairo);
  return CAIRO_STATUS_SUCCESS;
}

struct Run {
  std::vector<cairo_glyph_t> glyphs;
  std::vector<cairo_text_cluster_t> clusters;
};

double to_points(int pango_units) { return static_cast<double>(pango_units) / PANGO_SCALE; }

/// The glyphs at their places and which bytes of the text each group of them stands for. Moves `x` behind the run.
Run collect(PangoGlyphItem* item, const char* text, double& x, double y) {
  Run run;
  PangoGlyphItemIter iterator;
  for (gboolean has_cluster = pango_glyph_item_iter_init_start(&iterator, item, text); has_cluster != FALSE;
       has_cluster = pango_glyph_item_iter_next_cluster(&iterator)) {
    cairo_text_cluster_t cluster{iterator.end_index - iterator.start_index, 0};
    for (int i = iterator.start_glyph; i < iterator.end_glyph; ++i) {
      const PangoGlyphInfo& glyph = item->glyphs->glyphs[i];
      if (glyph.glyph != PANGO_GLYPH_EMPTY && (glyph.glyph & PANGO_GLYPH_UNKNOWN_FLAG) == 0) {
        run.glyphs.push_back(
            {glyph.glyph, x + to_points(glyph.geometry.x_offset), y + to_points(glyph.geometry.y_offset)});
        ++cluster.num_glyphs;
      }
      x += to_points(glyph.geometry.width);
    }
    run.clusters.push_back(cluster);
  }
  return run;
}

}  // namespace

PdfGlyphs::~PdfGlyphs() {
  for (const auto& [source, outlines] : outlines_) cairo_font_face_destroy(outlines);
}

cairo_font_face_t* PdfGlyphs::outlines_of(cairo_font_face_t* face) {
  cairo_font_face_t*& outlines = outlines_[face];
  if (outlines == nullptr) {
    outlines = cairo_user_font_face_create();
    cairo_user_font_face_set_render_glyph_func(outlines, render_outline);
    // The face lives as long as its outlines, so its address stays a good key.
    cairo_font_face_set_user_data(outlines, &kSourceFace, cairo_font_face_reference(face), release_face);
  }
  return outlines;
}

void PdfGlyphs::draw(cairo_t* cairo, PangoLayoutLine* line, const char* text, double x, double y) {
  for (GSList* node = line->runs; node != nullptr; node = node->next) {
    auto* item = static_cast<PangoGlyphItem*>(node->data);
    cairo_scaled_font_t* font = pango_cairo_font_get_scaled_font(PANGO_CAIRO_FONT(item->item->analysis.font));
    JZ_ASSERT(font != nullptr);
    cairo_matrix_t matrix;
    cairo_scaled_font_get_font_matrix(font, &matrix);
    cairo_set_font_face(cairo, outlines_of(cairo_scaled_font_get_font_face(font)));
    cairo_set_font_matrix(cairo, &matrix);
    const bool is_leftward = item->item->analysis.level % 2 == 1;
    const Run run = collect(item, text, x, y - to_points(item->y_offset));
    if (run.glyphs.empty()) continue;
    if (is_leftward) {
      // Right-to-left scripts: the iterator's clusters run against the glyphs. Drawn right, but not for copying.
      cairo_show_glyphs(cairo, run.glyphs.data(), static_cast<int>(run.glyphs.size()));
    } else {
      cairo_show_text_glyphs(cairo, text + item->item->offset, item->item->length, run.glyphs.data(),
                             static_cast<int>(run.glyphs.size()), run.clusters.data(),
                             static_cast<int>(run.clusters.size()), static_cast<cairo_text_cluster_flags_t>(0));
    }
  }
}

}  // namespace jiuzhu
