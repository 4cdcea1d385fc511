package bundle_test

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"strings"
	"testing"

	"peixun/data"
	"peixun/data/bundle"
)

func seal(unsealed []byte) string {
	sum := sha256.Sum256(append([]byte("the unit's key"), unsealed...))
	return hex.EncodeToString(sum[:])
}

func file(name, content string) bundle.File {
	return bundle.File{Name: name, Write: func(w io.Writer) error { _, err := io.WriteString(w, content); return err }}
}

var manifest = bundle.Manifest{Number: "BP-2022-0001", Unit: "北京市第九实验医院", Plan: "20220301161802103", At: "2022-06-17 13:02:11",
	Counts: []data.SubmissionCount{{File: data.RosterFile, Rows: 2}}}

func pack(t testing.TB) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := bundle.Write(&out, manifest, []bundle.File{file(data.RosterFile, "名单"), file("凭证/JF-2022-0001_1.jpg", strings.Repeat("图", 5000))}, seal); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func verify(content []byte) (bundle.Manifest, error) {
	return bundle.Verify(bytes.NewReader(content), int64(len(content)))
}

func TestPackageIsReadBack(t *testing.T) {
	got, err := verify(pack(t))
	if err != nil || got.Number != manifest.Number || len(got.Files) != 2 || got.Files[0].Size != int64(len("名单")) || !got.SealedBy(seal) {
		t.Errorf("%+v, %v", got, err)
	}
	if got.SealedBy(func([]byte) string { return "other" }) {
		t.Error("another key's seal is taken")
	}
	if !bytes.Equal(pack(t), pack(t)) {
		t.Error("the same content gives other bytes")
	}
}

// repack writes a package again with its files changed.
func repack(t testing.TB, content []byte, change func(name string, content []byte) (string, []byte), more ...bundle.File) []byte {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	into := zip.NewWriter(&out)
	put := func(name string, content []byte) {
		w, err := into.Create(name)
		if err == nil {
			_, err = w.Write(content)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, one := range archive.File {
		r, err := one.Open()
		if err != nil {
			t.Fatal(err)
		}
		inside, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if name, inside := change(one.Name, inside); name != "" {
			put(name, inside)
		}
	}
	for _, one := range more {
		var inside bytes.Buffer
		if err := one.Write(&inside); err != nil {
			t.Fatal(err)
		}
		put(one.Name, inside.Bytes())
	}
	if err := into.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func same(name string, content []byte) (string, []byte) { return name, content }

func TestTamperedPackagesAreRefused(t *testing.T) {
	whole := pack(t)
	on := func(target string, change func([]byte) (string, []byte)) func(string, []byte) (string, []byte) {
		return func(name string, content []byte) (string, []byte) {
			if name == target {
				return change(content)
			}
			return name, content
		}
	}
	gone := func([]byte) (string, []byte) { return "", nil }
	replaced := func(name, old, new string) func([]byte) (string, []byte) {
		return func(content []byte) (string, []byte) {
			return name, bytes.Replace(content, []byte(old), []byte(new), 1)
		}
	}
	for name, c := range map[string]struct {
		content []byte
		code    string
	}{
		"a sheet changed":             {repack(t, whole, on(data.RosterFile, replaced(data.RosterFile, "名", "明"))), "package-damaged"},
		"a sheet longer":              {repack(t, whole, on(data.RosterFile, replaced(data.RosterFile, "单", "单子"))), "package-damaged"},
		"a sheet gone":                {repack(t, whole, on(data.RosterFile, gone)), "package-damaged"},
		"a file put in":               {repack(t, whole, same, file("病毒.exe", "x")), "package-damaged"},
		"a file twice":                {repack(t, whole, same, file(data.RosterFile, "名单")), "package-damaged"},
		"a name that climbs":          {repack(t, whole, same, file("../../etc/passwd", "x")), "package-damaged"},
		"a name from the root":        {repack(t, whole, same, file("/etc/passwd", "x")), "package-damaged"},
		"a name of Windows":           {repack(t, whole, same, file(`C:\Windows\x`, "x")), "package-damaged"},
		"no manifest":                 {repack(t, whole, on(data.ManifestFile, gone)), "package-unknown"},
		"a manifest that is no JSON":  {repack(t, whole, on(data.ManifestFile, func([]byte) (string, []byte) { return data.ManifestFile, []byte("{") })), "package-damaged"},
		"a manifest with more in it":  {repack(t, whole, on(data.ManifestFile, replaced(data.ManifestFile, `"schema"`, `"x": 1, "schema"`))), "package-damaged"},
		"a manifest of another shape": {repack(t, whole, on(data.ManifestFile, replaced(data.ManifestFile, `"schema": 1`, `"schema": 9`))), "package-version"},
		"half a zip":                  {whole[:len(whole)/2], "package-unknown"},
		"no zip":                      {[]byte("报盘"), "package-unknown"},
		"nothing":                     {nil, "package-unknown"},
	} {
		_, err := verify(c.content)
		if problem, ok := data.AsProblem(err); !ok || problem.Code != c.code || problem.Fix == "" {
			t.Errorf("%s: %v, want %s", name, err, c.code)
		}
	}
	changed, err := verify(repack(t, whole, on(data.ManifestFile, replaced(data.ManifestFile, "第九", "第八"))))
	if err != nil || changed.SealedBy(seal) {
		t.Errorf("a changed unit still carries the seal: %v", err)
	}
}

func TestEveryFlippedByteIsNoticed(t *testing.T) {
	whole := pack(t)
	for at := range whole {
		flipped := bytes.Clone(whole)
		flipped[at] ^= 0x55
		manifest, err := verify(flipped)
		if err != nil {
			continue
		}
		// What is left are bytes of the zip's own that no program reads, such as a file's time.
		if again, _ := verify(whole); manifest.Files[0] != again.Files[0] || manifest.Files[1] != again.Files[1] || manifest.Number != again.Number {
			t.Fatalf("byte %d: %+v", at, manifest)
		}
	}
}

func TestBombIsNotUnpacked(t *testing.T) {
	whole := pack(t)
	bomb := repack(t, whole, func(name string, content []byte) (string, []byte) {
		if name == data.RosterFile {
			return name, make([]byte, 64<<20)
		}
		return name, content
	})
	if _, err := verify(bomb); err == nil {
		t.Error("a sheet of 64 MB for one of 6 bytes is taken")
	}
}

func FuzzVerify(f *testing.F) {
	f.Add(pack(f))
	f.Fuzz(func(t *testing.T, content []byte) {
		if _, err := verify(content); err != nil {
			if _, explained := data.AsProblem(err); !explained {
				t.Errorf("no words for %v", err)
			}
		}
	})
}
