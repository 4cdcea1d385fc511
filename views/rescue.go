package views

import (
	"context"
	"errors"

	"fyne.io/fyne/v2"

	"peixun/app"
	"peixun/data"
	"peixun/views/desk"
	"peixun/views/start"
	"peixun/views/theme"
	"peixun/views/ui"
)

// Run opens the data and shows the window until it is closed. A damaged database is never opened for writing: a window offers the
// backups first. Where the data cannot be opened for another reason, a window says why.
func Run(program fyne.App, title string, options app.Options) error {
	application, err := app.Open(context.Background(), options)
	switch {
	case err == nil:
		defer application.Close()
		return NewWindow(program, application, title).Run()
	case errors.Is(err, data.ErrDamaged):
		return runRescue(program, title, options, err)
	}
	ShowFailure(program, title, err)
	return err
}

// runRescue shows what is damaged and the backups; after a restore the usual window takes its place.
func runRescue(program fyne.App, title string, options app.Options, damage error) error {
	program.Settings().SetTheme(theme.New(false))
	window := program.NewWindow(title)
	window.SetPadded(false)
	window.Resize(fyne.NewSize(firstWidth, firstHeight))
	var application *app.App
	outcome := damage
	restored := func() {
		if application, outcome = app.Open(context.Background(), options); outcome != nil {
			window.SetContent(ui.NewStage(start.NewFailure(outcome).Content()))
			return
		}
		NewWindow(program, application, title).window.Show()
		window.Close()
	}
	window.SetContent(ui.NewStage(start.NewDamage(&desk.Desk{Window: window}, app.NewRescuer(options), damage, restored).Content()))
	window.ShowAndRun()
	if application == nil {
		return outcome
	}
	return application.Close()
}
