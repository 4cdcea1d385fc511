package preview

import (
	"context"
	"image"
	"io"

	"peixun/app"
	"peixun/views/desk"
	"peixun/views/ui"
)

// File is a picture or a PDF that is kept with something.
type File struct {
	Title string // what it is: 附件
	Name  string
	Type  string // image/… or application/pdf
	// Content reads a PDF, Image a picture; both off the user interface thread.
	Content func(ctx context.Context) ([]byte, error)
	Image   func(ctx context.Context) (image.Image, error)
}

// ShowFile shows a kept file over the whole window: a PDF with its pages, a picture to zoom and turn.
func ShowFile(d *desk.Desk, s Service, file File) {
	if file.Type == "application/pdf" {
		Show(d, s, Paper{Title: file.Title, Name: file.Name, Write: func(ctx context.Context, w io.Writer) (app.Written, error) {
			content, err := file.Content(ctx)
			if err == nil {
				_, err = w.Write(content)
			}
			return app.Written{}, err
		}})
		return
	}
	view := &ui.FullView{Title: file.Title, Names: []string{file.Name}, Load: func(_ int, show func(image.Image)) {
		var picture image.Image
		d.Do(func(ctx context.Context) (err error) {
			picture, err = file.Image(ctx)
			picture = ui.Halved(picture)
			return err
		}, func() { show(picture) })
	}}
	view.Show(d.Window, 0)
}
