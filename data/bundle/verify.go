package bundle

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"

	"peixun/data"
)

// What a package may be at the most; more is hostile or broken.
const (
	mostFiles       = 10_000
	largestFile     = 512 << 20 // bytes, unpacked
	largestPackage  = 4 << 30   // bytes, unpacked
	largestManifest = 8 << 20   // bytes
)

// ErrNoPackage says that a file is no 报盘包 at all.
var ErrNoPackage = errors.New("no package")

// Verify reads a whole package of size bytes and compares every file with the manifest. What does not agree comes as a data.Problem
// (code package-damaged, or package-unknown where it is no package); nothing is unpacked anywhere. The seal is SealedBy's to judge.
func Verify(r io.ReaderAt, size int64) (Manifest, error) {
	archive, err := zip.NewReader(r, size)
	if err != nil {
		return Manifest{}, unknown("这个文件打不开，不是完整的报盘包。", fmt.Errorf("%w: %w", ErrNoPackage, err))
	}
	if len(archive.File) > mostFiles {
		return Manifest{}, unknown("里面的文件太多，不像报盘包。", ErrNoPackage)
	}
	packed := map[string]*zip.File{}
	for _, file := range archive.File {
		if packed[file.Name] != nil {
			return Manifest{}, damaged(file.Name, "有两份。")
		}
		if !local(file.Name) {
			return Manifest{}, damaged(file.Name, "的名称不合规。")
		}
		packed[file.Name] = file
	}
	manifest, err := readManifest(packed[data.ManifestFile])
	if err != nil {
		return manifest, err
	}
	return manifest, manifest.compare(packed)
}

// local tells whether a name stays below the folder that a package is unpacked in, on every system.
func local(name string) bool {
	return name != "" && name != "." && !strings.ContainsAny(name, "\\:\x00") && !strings.HasPrefix(name, "/") && path.Clean(name) == name &&
		name != ".." && !strings.HasPrefix(name, "../")
}

func readManifest(file *zip.File) (Manifest, error) {
	var manifest Manifest
	if file == nil {
		return manifest, unknown("里面没有 manifest.json，不是报盘包。", ErrNoPackage)
	}
	var text bytes.Buffer
	if _, err := measure(file, &text, largestManifest); err != nil {
		return manifest, damaged(data.ManifestFile, "读不出来。").Because(err)
	}
	if err := json.Unmarshal(text.Bytes(), &manifest); err != nil {
		return manifest, damaged(data.ManifestFile, "的内容不完整。").Because(err)
	}
	if manifest.Schema != Schema {
		return manifest, data.Refuse("package-version", "", fmt.Sprintf("这个报盘包是第 %d 版格式，本程序认识第 %d 版。", manifest.Schema, Schema), "请用做包时的程序，或更新本程序。")
	}
	// The seal is made of what was understood, so nothing else may stand in the text.
	if again, err := manifest.text(); err != nil || !bytes.Equal(again, text.Bytes()) {
		return manifest, damaged(data.ManifestFile, "的内容变过。").Because(err)
	}
	return manifest, nil
}

// compare judges every file against the manifest.
func (m Manifest) compare(packed map[string]*zip.File) error {
	var total int64
	listed := map[string]bool{data.ManifestFile: true}
	for _, entry := range m.Files {
		file := packed[entry.Name]
		if listed[entry.Name] || entry.Size < 0 {
			return damaged(data.ManifestFile, "里的文件清单不合规。")
		}
		listed[entry.Name] = true
		if file == nil {
			return damaged(entry.Name, "不见了。")
		}
		if total += entry.Size; entry.Size > largestFile || total > largestPackage {
			return damaged(entry.Name, "太大。")
		}
		found, err := measure(file, io.Discard, entry.Size)
		if err != nil {
			return damaged(entry.Name, "读不完整。").Because(err)
		}
		if found.Size != entry.Size || found.SHA256 != entry.SHA256 {
			return damaged(entry.Name, "的内容变过。")
		}
	}
	names := make([]string, 0, len(packed))
	for name := range packed {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		if !listed[name] {
			return damaged(name, "是后来放进去的。")
		}
	}
	return nil
}

// measure unpacks one file, at most limit bytes, whatever its header claims.
func measure(file *zip.File, into io.Writer, limit int64) (Entry, error) {
	if file.UncompressedSize64 > uint64(limit) {
		return Entry{Name: file.Name, Size: limit + 1}, nil
	}
	r, err := file.Open()
	if err != nil {
		return Entry{}, err
	}
	defer r.Close()
	m := meter{into: into, sum: sha256.New()}
	if _, err := io.Copy(&m, io.LimitReader(r, limit+1)); err != nil {
		return Entry{}, err
	}
	return Entry{Name: file.Name, Size: m.size, SHA256: hex.EncodeToString(m.sum.Sum(nil))}, nil
}

func damaged(file, what string) data.Problem {
	return data.Refuse("package-damaged", "", "报盘包里的“"+shortened(file)+"”"+what, "这个包不能再用。请用原来的那一份，或重新做一个报盘包。")
}

func unknown(what string, cause error) data.Problem {
	return data.Refuse("package-unknown", "", what, "请选择本程序做的“报盘_….zip”，不要改动里面的文件。").Because(cause)
}

// shortened keeps a hostile name from filling the screen.
func shortened(name string) string {
	const most = 60
	name = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return '?'
		}
		return r
	}, strings.ToValidUTF8(name, "?"))
	if runes := []rune(name); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return name
}
