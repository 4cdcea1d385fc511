package excel

import (
	"archive/zip"
	"compress/flate"
	"context"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"net/url"
	"path"
	"slices"
	"strings"
)

var (
	errZip      = errors.New("damaged zip")
	errTooLarge = errors.New("beyond the limits")
)

// container is a workbook's zip, its entries found by their part name in lower case, as OPC compares them.
type container struct {
	parts map[string]*zip.File
	files []*zip.File

	mergedParts map[string]bool // by part name: verify saw the word mergeCell
}

// openContainer reads the zip's directory and refuses what no spreadsheet program writes: encrypted, doubled or
// overlapping entries, and sizes that only a zip bomb has.
func openContainer(r io.ReaderAt, size int64) (*container, error) {
	archive, err := zip.NewReader(r, size)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errZip, err)
	}
	if len(archive.File) > maxZipEntries {
		return nil, fmt.Errorf("%w: %d entries", errTooLarge, len(archive.File))
	}
	c := &container{parts: map[string]*zip.File{}}
	var total uint64
	for _, file := range archive.File {
		if strings.HasSuffix(file.Name, "/") && file.UncompressedSize64 == 0 {
			continue
		}
		if file.Flags&1 != 0 {
			return nil, fmt.Errorf("%w: entry %s is encrypted", errZip, file.Name)
		}
		if file.UncompressedSize64 > maxUnzippedSize {
			return nil, fmt.Errorf("%w: entry %s unzips to %d bytes", errTooLarge, file.Name, file.UncompressedSize64)
		}
		total += file.UncompressedSize64
		if file.UncompressedSize64 > freeUnzipped && file.UncompressedSize64/maxUnzipRatio > file.CompressedSize64 {
			return nil, fmt.Errorf("%w: entry %s unzips %d bytes to %d", errTooLarge, file.Name, file.CompressedSize64, file.UncompressedSize64)
		}
		name := partName(file.Name)
		if c.parts[name] != nil {
			return nil, fmt.Errorf("%w: entry %s stands twice", errZip, file.Name)
		}
		c.parts[name] = file
		c.files = append(c.files, file)
	}
	if total > maxUnzippedSize {
		return nil, fmt.Errorf("%w: all entries unzip to %d bytes", errTooLarge, total)
	}
	return c, c.checkOverlap()
}

// checkOverlap refuses entries that share bytes: the trick of the best zip bombs.
func (c *container) checkOverlap() error {
	type span struct{ from, to int64 }
	spans := make([]span, 0, len(c.files))
	for _, file := range c.files {
		from, err := file.DataOffset()
		if err != nil {
			return fmt.Errorf("%w: %w", errZip, err)
		}
		spans = append(spans, span{from, from + int64(file.CompressedSize64)})
	}
	slices.SortFunc(spans, func(a, b span) int { return int(min(max(a.from-b.from, -1), 1)) })
	for i := 1; i < len(spans); i++ {
		if spans[i].from < spans[i-1].to {
			return fmt.Errorf("%w: entries overlap", errZip)
		}
	}
	return nil
}

// verify unzips every entry once and compares size and CRC, so that damage is found before the first row is told.
func (c *container) verify(ctx context.Context) error {
	buffer := make([]byte, 64<<10)
	c.mergedParts = map[string]bool{}
	for _, file := range c.files {
		stream, err := file.Open()
		if err != nil {
			return fmt.Errorf("%w: %s: %w", errZip, file.Name, err)
		}
		// archive/zip takes a CRC of 0 for "unknown"; the sum of our own does not.
		sum := crc32.NewIEEE()
		watch := &mergeWatch{}
		_, err = io.CopyBuffer(io.MultiWriter(sum, watch), &contextReader{ctx, stream}, buffer)
		err = errors.Join(err, stream.Close())
		if err == nil && sum.Sum32() != file.CRC32 {
			err = zip.ErrChecksum
		}
		if err != nil {
			return zipError(ctx, file.Name, err)
		}
		c.mergedParts[partName(file.Name)] = watch.found
	}
	return nil
}

// has tells whether the workbook holds a part.
func (c *container) has(name string) bool { return c.parts[partName(name)] != nil }

// read opens a part and hands its bytes to parse, which must read to the end: archive/zip compares the CRC there.
// Errors carry the part's name.
func (c *container) read(ctx context.Context, name string, parse func(io.Reader) error) error {
	file := c.parts[partName(name)]
	if file == nil {
		return fmt.Errorf("%w: part %s is missing", errZip, name)
	}
	stream, err := file.Open()
	if err != nil {
		return zipError(ctx, name, err)
	}
	defer stream.Close()
	if err := parse(&contextReader{ctx, stream}); err != nil {
		return zipError(ctx, name, err)
	}
	return nil
}

// zipError marks what archive/zip and compress/flate complain of as damage, and leaves cancelling alone.
func zipError(ctx context.Context, name string, err error) error {
	if ctx.Err() != nil && errors.Is(err, ctx.Err()) {
		return ctx.Err()
	}
	var corrupt flate.CorruptInputError
	for _, damage := range []error{zip.ErrChecksum, zip.ErrFormat, zip.ErrAlgorithm, io.ErrUnexpectedEOF} {
		if errors.Is(err, damage) {
			return fmt.Errorf("%w: %s: %w", errZip, name, err)
		}
	}
	if errors.As(err, &corrupt) {
		return fmt.Errorf("%w: %s: %w", errZip, name, err)
	}
	return fmt.Errorf("%s: %w", name, err)
}

// partName brings an entry's name or a relationship's target to the form under which parts are found.
func partName(name string) string {
	name = strings.ReplaceAll(name, `\`, "/") // some Chinese exporters zip with backslashes
	return strings.ToLower(strings.TrimPrefix(path.Clean("/"+name), "/"))
}

// target resolves a relationship's target against the part that holds it.
func (c *container) target(from, target string) string {
	if !strings.HasPrefix(target, "/") {
		target = path.Join(path.Dir(from), target)
	}
	if !c.has(target) {
		if plain, err := url.PathUnescape(target); err == nil {
			return plain
		}
	}
	return target
}

// contextReader ends a long read when its context is cancelled.
type contextReader struct {
	ctx    context.Context
	source io.Reader
}

func (c *contextReader) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.source.Read(p)
}
