// Package letter sets papers: content in, PDF bytes out. Every paper shares one small typesetting layer, because
// gofpdf by itself loses Chinese characters when it breaks lines, does not justify them, draws a missing glyph as
// nothing and panics beyond the BMP:
//
//	text → set (glyphs, widths, squeezed punctuation) → breakLines → block → paginate → canvas → finish
//
// A paper is a function that makes blocks (paragraphs, table rows, signatures) and lets paginate share them out.
// The same content gives the same bytes, on every machine and day.
package letter
