package desk

import (
	"context"
	"strings"

	"peixun/data"
	"peixun/views/ui"
)

// questionWidth is that of a question's dialog, in px.
const questionWidth float32 = 480

// Question is a form whose answer changes something.
type Question struct {
	Title, Text string
	// Verb names the button.
	Verb string
	Form *ui.Form
	// Width is the dialog's in px; 0 means questionWidth.
	Width float32
	// Do carries the answer out, off the user interface thread; what it needs of the form is read by Read before.
	Do func(ctx context.Context) error
	// Read takes the answer out of the form, on the user interface thread; it may be nil.
	Read func()
	// Done is called when all went well.
	Done func()
}

// Ask shows a question. A refusal that names one of the form's rows shows under it and the dialog stays open, with all that was typed.
func (d *Desk) Ask(q Question) *ui.Dialog {
	dialog := ui.NewDialog(d.Window, q.Title)
	dialog.Text, dialog.Body, dialog.Width = q.Text, q.Form, max(q.Width, questionWidth)
	busy := false
	dialog.SetDefault(q.Verb, func() bool {
		if busy {
			return false
		}
		busy = true
		if q.Read != nil {
			q.Read()
		}
		var failure error
		d.Do(func(ctx context.Context) error { failure = q.Do(ctx); return nil }, func() {
			busy = false
			problem, known := data.AsProblem(failure)
			field := strings.TrimPrefix(problem.Where.Field, "invoice.")
			switch {
			case failure == nil:
				dialog.Hide()
				q.Done()
			case known && q.Form.Row(field) != nil:
				q.Form.SetProblems(map[string]string{field: problem.Error()})
				q.Form.FocusFirstProblem()
				dialog.Relayout()
			default:
				dialog.Hide()
				d.Fail(failure)
			}
		})
		return false
	})
	dialog.Show()
	return dialog
}
