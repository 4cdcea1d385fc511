package bundle

import (
	"archive/zip"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"io"

	"peixun/data"
)

// File is one file to be packed.
type File struct {
	Name  string // with / between folders
	Write func(io.Writer) error
}

// Write packs files in their order, with the manifest behind them. The same files and manifest give the same bytes. Out holds no
// package where it fails.
func Write(out io.Writer, manifest Manifest, files []File, seal Sealer) error {
	archive := zip.NewWriter(out)
	manifest.Files = make([]Entry, 0, len(files))
	for _, file := range files {
		entry, err := add(archive, file, manifest.At)
		if err != nil {
			return fmt.Errorf("pack %s: %w", file.Name, err)
		}
		manifest.Files = append(manifest.Files, entry)
	}
	manifest.Schema = Schema
	text, err := manifest.sealed(seal)
	if err != nil {
		return fmt.Errorf("seal manifest: %w", err)
	}
	last := File{Name: data.ManifestFile, Write: func(w io.Writer) error { _, err := w.Write(text); return err }}
	if _, err := add(archive, last, manifest.At); err != nil {
		return fmt.Errorf("pack manifest: %w", err)
	}
	return archive.Close()
}

// add packs one file and measures it on its way.
func add(archive *zip.Writer, file File, at data.Moment) (Entry, error) {
	into, err := archive.CreateHeader(&zip.FileHeader{Name: file.Name, Method: zip.Deflate, Modified: at.Time()})
	if err != nil {
		return Entry{}, err
	}
	m := meter{into: into, sum: sha256.New()}
	if err := file.Write(&m); err != nil {
		return Entry{}, err
	}
	return Entry{Name: file.Name, Size: m.size, SHA256: hex.EncodeToString(m.sum.Sum(nil))}, nil
}

// meter counts and hashes what passes.
type meter struct {
	into io.Writer
	sum  hash.Hash
	size int64
}

func (m *meter) Write(p []byte) (int, error) {
	n, err := m.into.Write(p)
	m.sum.Write(p[:n])
	m.size += int64(n)
	return n, err
}
