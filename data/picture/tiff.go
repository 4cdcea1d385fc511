package picture

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"io"
	"math"
	"slices"

	"golang.org/x/image/tiff/lzw"
)

// Tags of TIFF 6.0.
const (
	tagSubfile      = 254
	tagWidth        = 256
	tagHeight       = 257
	tagBits         = 258
	tagCompression  = 259
	tagStripOffsets = 273
	tagOrientation  = 274
	tagSamples      = 277
	tagRowsOfStrip  = 278
	tagStripCounts  = 279
	tagTileWidth    = 322
	tagTileHeight   = 323
	tagTileOffsets  = 324
	tagTileCounts   = 325
)

// Values of the tag of compression.
const (
	compressionHuffman    = 2
	compressionGroup3     = 3
	compressionLZW        = 5
	compressionDeflate    = 8
	compressionOldDeflate = 32946
	compressionPackBits   = 32773
)

// tiffPages is the most pages that are looked for in a TIFF.
const tiffPages = 100

// tiffFile is a TIFF, or an EXIF block, which is built like one. Nothing in it is trusted.
type tiffFile struct {
	content []byte
	order   binary.ByteOrder
}

func openTIFF(content []byte) (tiffFile, bool) {
	const head = 8
	if len(content) < head {
		return tiffFile{}, false
	}
	switch string(content[:4]) {
	case "II*\x00":
		return tiffFile{content, binary.LittleEndian}, true
	case "MM\x00*":
		return tiffFile{content, binary.BigEndian}, true
	}
	return tiffFile{}, false
}

func (t tiffFile) first() int { return int(t.order.Uint32(t.content[4:])) }

// directory is one page's tags, as where each entry lies.
type directory struct {
	file    tiffFile
	entries map[int]int
}

// directory reads the one that lies at a place, and where the next lies; 0 where there is none.
func (t tiffFile) directory(at int) (directory, int) {
	const entrySize = 12
	d := directory{t, map[int]int{}}
	if at < 8 || at+2 > len(t.content) {
		return d, 0
	}
	end := at + 2 + entrySize*int(t.order.Uint16(t.content[at:]))
	for entry := at + 2; entry+entrySize <= min(end, len(t.content)); entry += entrySize {
		d.entries[int(t.order.Uint16(t.content[entry:]))] = entry
	}
	if end+4 > len(t.content) {
		return d, 0
	}
	return d, int(t.order.Uint32(t.content[end:]))
}

// numbers gives a tag's values, of the types BYTE, SHORT and LONG.
func (d directory) numbers(tag int) []int {
	entry, ok := d.entries[tag]
	if !ok {
		return nil
	}
	content, order := d.file.content, d.file.order
	size := map[uint16]int{1: 1, 3: 2, 4: 4}[order.Uint16(content[entry+2:])]
	count := int(order.Uint32(content[entry+4:]))
	place := entry + 8
	if size*count > 4 {
		place = int(order.Uint32(content[place:]))
	}
	if size == 0 || count > (len(content)-place)/size {
		return nil
	}
	values := make([]int, count)
	for n := range values {
		switch at := content[place+n*size:]; size {
		case 1:
			values[n] = int(at[0])
		case 2:
			values[n] = int(order.Uint16(at))
		default:
			values[n] = int(order.Uint32(at))
		}
	}
	return values
}

func (d directory) number(tag, otherwise int) int {
	if values := d.numbers(tag); len(values) > 0 {
		return values[0]
	}
	return otherwise
}

// pages counts a TIFF's pages. Small pictures of pages are none.
func (t tiffFile) pages() int {
	const reduced = 1
	var seen []int
	pages := 0
	for at := t.first(); at != 0 && len(seen) < tiffPages && !slices.Contains(seen, at); {
		seen = append(seen, at)
		page, next := t.directory(at)
		if page.number(tagWidth, 0) > 0 && page.number(tagSubfile, 0)&reduced == 0 {
			pages++
		}
		at = next
	}
	return pages
}

// blocks are how a page's pixels are stored: strips or tiles.
type blocks struct {
	bytes           int64 // that the pixels of one take, unpacked
	offsets, counts []int
	compression     int
}

func (d directory) blocks() blocks {
	width, height := d.number(tagTileWidth, d.number(tagWidth, 0)), d.number(tagTileHeight, min(d.number(tagRowsOfStrip, math.MaxInt32), d.number(tagHeight, 0)))
	offsets, counts := d.numbers(tagTileOffsets), d.numbers(tagTileCounts)
	if len(offsets) == 0 {
		offsets, counts = d.numbers(tagStripOffsets), d.numbers(tagStripCounts)
	}
	bits := int64(d.number(tagBits, 1)) * int64(max(d.number(tagSamples, 1), len(d.numbers(tagBits))))
	row := (int64(width)*bits + 7) / 8
	return blocks{row * int64(height), offsets, counts, d.number(tagCompression, 1)}
}

// overfull tells whether a strip or tile unpacks to more than its pixels take: the decoder would go on and fill the memory.
func (t tiffFile) overfull(b blocks) bool {
	for n := range min(len(b.offsets), len(b.counts)) {
		start, end := b.offsets[n], b.offsets[n]+b.counts[n]
		if end > len(t.content) || start > end {
			continue // the decoder says that this is broken
		}
		if packed := bytes.NewReader(t.content[start:end]); unpackedBeyond(packed, b.compression, b.bytes) {
			return true
		}
	}
	return false
}

// unpackedBeyond unpacks without keeping anything.
func unpackedBeyond(packed *bytes.Reader, compression int, most int64) bool {
	var unpacked io.Reader
	switch compression {
	case compressionLZW:
		unpacked = lzw.NewReader(packed, lzw.MSB, 8)
	case compressionDeflate, compressionOldDeflate:
		reader, err := zlib.NewReader(packed)
		if err != nil {
			return false
		}
		unpacked = reader
	case compressionPackBits:
		const longest = 64 // bytes that one packed byte becomes
		return packed.Size()*longest > most && packBitsSize(packed) > most
	default:
		return false
	}
	n, _ := io.Copy(io.Discard, io.LimitReader(unpacked, most+1))
	return n > most
}

// packBitsSize is how many bytes packed ones become (TIFF 6.0, section 9).
func packBitsSize(packed *bytes.Reader) int64 {
	var size int64
	for {
		code, err := packed.ReadByte()
		switch n := int64(int8(code)); {
		case err != nil:
			return size
		case n >= 0:
			size += n + 1
			packed.Seek(n+1, io.SeekCurrent)
		case n > math.MinInt8:
			size += 1 - n
			packed.Seek(1, io.SeekCurrent)
		}
	}
}
