#pragma once
// Printed papers on A4: decision notices, receipts, visit records, publicity sheets. Plain structs in, PDF bytes out.
// Chinese is set in Noto Sans CJK SC, one weight; see pdf_glyphs.hpp for how it gets into the file whole. Any thread
// may call. Many notices belong into one file, which holds each glyph once.

#include <span>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "base/date.hpp"
#include "base/result.hpp"

namespace jiuzhu {

enum class PdfAlign { left, center, right };

/// A centred line between parts.
struct PdfHeading {
  std::string text;
};

enum class PdfParagraphKind {
  body,     // justified, first line indented by two characters
  address,  // flush left, without indent: "王某某：" above the body, lists
};

struct PdfParagraph {
  std::string text;  // line breaks start a new paragraph
  PdfParagraphKind kind = PdfParagraphKind::body;
};

/// Bordered pairs, such as a household's particulars; two pairs a line when `columns` is 2.
struct PdfKeyValues {
  std::vector<std::pair<std::string, std::string>> rows = {};
  int columns = 1;
};

struct PdfColumn {
  std::string title = {};
  double share = 1;  // of the width, relative to the other columns
  PdfAlign align = PdfAlign::left;
};

/// Bordered, wrapped; the titles are repeated on each page.
struct PdfTable {
  std::vector<PdfColumn> columns;
  std::vector<std::vector<std::string>> rows = {};  // at most as many cells as columns
};

/// Office and date, centred on each other at the right; never cut by a page break.
struct PdfSignature {
  std::vector<std::string> lines;
};

/// 28 mm square at the left, with a caption beside it.
struct PdfQrCode {
  std::string text;
  std::string caption;
};

struct PdfPageBreak {};

using PdfBlock = std::variant<PdfHeading, PdfParagraph, PdfKeyValues, PdfTable, PdfSignature, PdfQrCode, PdfPageBreak>;

enum class PdfOrientation { portrait, landscape };

struct PdfDocument {
  std::string title;
  std::string number = {};  // of the document; under the title at the right, and at the foot of each page
  PdfOrientation orientation = PdfOrientation::portrait;
  std::vector<PdfBlock> blocks = {};
};

/// Prints the documents one behind the other; each starts on a new page and counts its own pages. The same input gives
/// the same bytes. Texts are UTF-8 without U+0000. Refuses with "pdf.glyph_missing" when no installed font has a
/// character: a person's name with a box in it is a wrong name. Refuses with
/// "pdf.qr_code_too_long" (over 2 331 bytes).
Result<std::string> render_pdf(std::span<const PdfDocument> documents, Instant created_at);

}  // namespace jiuzhu
