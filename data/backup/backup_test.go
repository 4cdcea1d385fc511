package backup_test

import (
	"bytes"
	"crypto/sha256"
	"io"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"peixun/data"
	"peixun/data/backup"
)

var key = bytes.Repeat([]byte{7}, 32)

func write(t testing.TB, content []byte) []byte {
	t.Helper()
	sum := sha256.Sum256(content)
	header := backup.Header{Schema: 8, Unit: "北京市第九实验医院", At: "2022-06-17 13:02:11", Reason: data.BackupByHand, Size: int64(len(content)), SHA256: sum[:]}
	var file bytes.Buffer
	if err := backup.Write(&file, header, key, bytes.NewReader(content)); err != nil {
		t.Fatal(err)
	}
	return file.Bytes()
}

func read(file, key []byte) (header backup.Header, content []byte, err error) {
	opened, err := backup.Open(bytes.NewReader(file))
	if err != nil {
		return header, nil, err
	}
	var out bytes.Buffer
	err = opened.CopyTo(&out, key)
	return opened.Header, out.Bytes(), err
}

func code(err error) string {
	problem, _ := data.AsProblem(err)
	return problem.Code
}

const chunk = 64 << 10

func TestContentComesBack(t *testing.T) {
	for _, size := range []int{0, 1, chunk - 1, chunk, chunk + 1, 3*chunk + 17} {
		content := bytes.Repeat([]byte("图"), size)[:size]
		file := write(t, content)
		header, back, err := read(file, key)
		if err != nil || !bytes.Equal(back, content) || header.Unit != "北京市第九实验医院" || header.Schema != 8 {
			t.Errorf("%d bytes: %v, %+v", size, err, header)
		}
		opened, err := backup.Open(bytes.NewReader(file))
		if err != nil || opened.Size() != int64(len(file)) {
			t.Errorf("%d bytes make a file of %d, told %d", size, len(file), opened.Size())
		}
		if size > 100 && bytes.Contains(file, content[:60]) {
			t.Error("the content can be read in the file")
		}
	}
}

func TestAnyContentComesBack(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		content := rapid.SliceOfN(rapid.Byte(), 0, 2*chunk+100).Draw(r, "content")
		if _, back, err := read(write(t, content), key); err != nil || !bytes.Equal(back, content) {
			r.Fatal(err)
		}
	})
}

func TestEveryFlippedBitIsFound(t *testing.T) {
	file := write(t, []byte("a small database"))
	for at := range len(file) * 8 {
		flipped := bytes.Clone(file)
		flipped[at/8] ^= 1 << (at % 8)
		_, _, err := read(flipped, key)
		if _, explained := data.AsProblem(err); !explained {
			t.Fatalf("bit %d: %v", at, err)
		}
	}
}

func TestFlippedBitsOfALargeFileAreFound(t *testing.T) {
	file := write(t, bytes.Repeat([]byte("page"), chunk))
	rapid.Check(t, func(r *rapid.T) {
		flipped := bytes.Clone(file)
		flipped[rapid.IntRange(0, len(file)-1).Draw(r, "byte")] ^= 1 << rapid.IntRange(0, 7).Draw(r, "bit")
		if _, _, err := read(flipped, key); code(err) == "" {
			r.Fatalf("not found: %v", err)
		}
	})
}

func TestEveryTruncationIsFound(t *testing.T) {
	file := write(t, bytes.Repeat([]byte("page"), chunk/2+5))
	for length := 0; length < len(file); length += 1 + length/7 {
		_, _, err := read(file[:length], key)
		want := "backup-truncated"
		if length < len(backup.Magic)+4 {
			want = "backup-foreign"
		}
		if code(err) != want {
			t.Errorf("the first %d of %d bytes: %v", length, len(file), err)
		}
	}
	if _, _, err := read(append(bytes.Clone(file), 0), key); code(err) != "backup-damaged" {
		t.Errorf("a byte more: %v", err)
	}
}

// Chunks that are all genuine but stand elsewhere, or belong to another backup of the same database, do not pass.
func TestMovedChunksAreFound(t *testing.T) {
	content := bytes.Repeat([]byte("0123456789abcdef"), 3*chunk/16)
	file, other := write(t, content), write(t, content)
	const sealed = chunk + 16
	first := len(file) - 16 - 3*sealed
	moved := bytes.Clone(file)
	copy(moved[first:], file[first+sealed:][:sealed])
	left := append(bytes.Clone(file[:first+sealed]), file[first+2*sealed:]...)
	mixed := append(bytes.Clone(file[:first]), other[first:]...)
	for name, bad := range map[string][]byte{"a chunk moved": moved, "a chunk left out": left, "another's chunks": mixed} {
		if _, _, err := read(bad, key); code(err) != "backup-damaged" {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, _, err := read(file, bytes.Repeat([]byte{8}, 32)); code(err) != "backup-damaged" {
		t.Errorf("another key: %v", err)
	}
}

func TestForeignFilesAreRefused(t *testing.T) {
	for name, c := range map[string]struct{ content, code string }{
		"nothing":       {"", "backup-foreign"},
		"a zip":         {"PK\x03\x04" + strings.Repeat("x", 100), "backup-foreign"},
		"a database":    {"SQLite format 3\x00" + strings.Repeat("x", 100), "backup-foreign"},
		"a later one":   {"PEIXUN-BACKUP-2\n" + strings.Repeat("x", 100), "backup-newer"},
		"a huge header": {backup.Magic + "\xff\xff\xff\xff" + strings.Repeat("x", 100), "backup-damaged"},
	} {
		if _, err := backup.Open(strings.NewReader(c.content)); code(err) != c.code {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := backup.Open(brokenReader{}); code(err) != "backup-unreadable" {
		t.Errorf("a stick pulled out: %v", err)
	}
}

type brokenReader struct{}

func (brokenReader) Read([]byte) (int, error) { return 0, io.ErrNoProgress }

func FuzzOpen(f *testing.F) {
	f.Add(write(f, []byte("a small database")))
	f.Fuzz(func(t *testing.T, file []byte) {
		opened, err := backup.Open(bytes.NewReader(file))
		if err == nil {
			err = opened.CopyTo(io.Discard, key)
		}
		if _, explained := data.AsProblem(err); err != nil && !explained {
			t.Errorf("no words for %v", err)
		}
	})
}
