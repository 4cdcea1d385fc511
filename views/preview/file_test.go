package preview

import (
	"context"
	"errors"
	"image"
	"strings"
	"testing"

	"peixun/views/desk/desktest"
)

// A kept file is shown as what it is; one that cannot be read says why.
func TestKeptFilesAreShown(t *testing.T) {
	pdf := func(context.Context) ([]byte, error) { return numbered(2), nil }
	picture := func(context.Context) (image.Image, error) { return image.NewRGBA(image.Rect(0, 0, 60, 40)), nil }
	lost := func(context.Context) (image.Image, error) { return nil, errors.New("the page is torn") }
	for _, c := range []struct {
		name string
		file File
		seen func(s *desktest.Stand) bool
	}{
		{"a PDF", File{Title: "附件", Name: "证明.pdf", Type: "application/pdf", Content: pdf}, func(s *desktest.Stand) bool { return strings.Contains(shown(t, s).Text, "1") && s.Has("/ 2") }},
		{"a picture", File{Title: "回签扫描件", Name: "扫描.png", Type: "image/png", Image: picture}, func(s *desktest.Stand) bool { return s.Has("回签扫描件") && s.Seen("viewer")[0].Active }},
		{"a lost picture", File{Title: "回签扫描件", Name: "扫描.png", Type: "image/png", Image: lost}, func(s *desktest.Stand) bool { return len(s.Seen("dialog")) == 1 && !s.Seen("viewer")[0].Active }},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := stand(t)
			ShowFile(s.Desk, s.App, c.file)
			if !c.seen(s) {
				t.Errorf("the window shows %q", s.Texts())
			}
		})
	}
}
