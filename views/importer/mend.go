package importer

import (
	"context"
	"fmt"

	"fyne.io/fyne/v2"

	"peixun/app"
	"peixun/data"
	"peixun/views/desk"
	"peixun/views/ui"
)

// judged is a plan with what the preview shows beside its rows.
type judged struct {
	plan     *data.ImportPlan
	tree     data.OrganizationTree
	unplaced []data.Unplaced
}

// look reads what belongs to a plan.
func (s *Screen) look(ctx context.Context, plan *data.ImportPlan) (judged, error) {
	found := judged{plan: plan}
	var err error
	if found.tree, err = s.service.Organizations(ctx); err != nil {
		return found, err
	}
	found.unplaced, err = s.service.Unplaced(ctx, plan)
	return found, err
}

// take makes a judged plan the one in hand.
func (s *Screen) take(found judged, sameFile bool) {
	s.plan, s.tree, s.stale = found.plan, found.tree, false
	s.source.set(found.plan)
	s.preview.set(found, sameFile)
}

// mend judges the rows with one more decision and tells of it, with a way back.
func (s *Screen) mend(decision data.Mend, told string) {
	s.decide(decision, func() {
		if told == "" {
			return
		}
		mended := s.plan
		ui.ShowToast(s.desk.Window, ui.Toast{Text: told, Action: "撤销", OnAction: func() {
			if s.plan == mended && s.step != stepResult {
				s.unmend()
			}
		}})
	})
}

// decide judges the rows with one more decision.
func (s *Screen) decide(decision data.Mend, done func()) {
	s.rejudge(func(ctx context.Context, plan *data.ImportPlan) (*data.ImportPlan, error) {
		return s.service.MendImport(ctx, plan, decision)
	}, done)
}

// unmend takes the last decision back.
func (s *Screen) unmend() {
	if s.plan == nil || len(s.plan.Mends) == 0 && !s.mending {
		return
	}
	s.rejudge(s.service.UnmendImport, func() {})
}

// renew judges the same file under other choices, and keeps what was decided.
func (s *Screen) renew(options app.ImportOptions) {
	s.rejudge(func(ctx context.Context, plan *data.ImportPlan) (*data.ImportPlan, error) {
		return s.service.RenewImport(ctx, plan, options)
	}, func() { s.options = options })
}

// rejudge shows what judge makes of the plan in hand. A second decision waits for the first: it is made on its plan.
func (s *Screen) rejudge(judge func(ctx context.Context, plan *data.ImportPlan) (*data.ImportPlan, error), done func()) {
	plan := s.plan
	if plan == nil {
		return
	}
	if s.mending {
		s.waiting = append(s.waiting, func() { s.rejudge(judge, done) })
		return
	}
	s.mending = true
	var found judged
	var failure error
	s.desk.Do(func(ctx context.Context) error {
		next, err := judge(ctx, plan)
		if err == nil {
			found, err = s.look(ctx, next)
		}
		failure = err
		return nil
	}, func() {
		s.mending = false
		switch {
		case failure != nil:
			s.waiting = nil // they were made for rows as this decision would have left them
			s.desk.Fail(failure)
		case s.plan == plan:
			s.take(found, true)
			done()
			s.show(s.step)
		}
		s.nextDecision()
	})
}

// nextDecision makes the decision that waited for the last one.
func (s *Screen) nextDecision() {
	if len(s.waiting) == 0 {
		return
	}
	next := s.waiting[0]
	s.waiting = s.waiting[1:]
	next()
}

// watchUndo lets Ctrl+Z take the last decision back while the preview is shown.
func (s *Screen) watchUndo() {
	canvas := s.desk.Window.Canvas()
	canvas.AddShortcut(&fyne.ShortcutUndo{}, func(fyne.Shortcut) {
		if s.step == stepPreview && canvas.Overlays().Top() == nil {
			s.unmend()
		}
	})
}

// Leave is part of desk.Leaver: the plan waits for the way back, the shortcut belongs to the next screen.
func (s *Screen) Leave(proceed func()) {
	s.desk.Window.Canvas().RemoveShortcut(&fyne.ShortcutUndo{})
	proceed()
}

// rowsWords counts rows for a sentence: 60 行.
func rowsWords(rows int) string { return desk.Thousands(rows) + " 行" }

// shownOrganization names an organisation for people: the unit by its name, others by their path.
func shownOrganization(o data.Organization) string {
	if o.Depth == 0 {
		return o.Name
	}
	return desk.ShownPath(o.Path)
}

// useOrganization says which organisation rows mean; in all rows that write it so where none are named.
func (p *preview) useOrganization(written data.Unplaced, into data.Organization, rows ...int) {
	told := ""
	count := len(rows)
	if count == 0 {
		count = len(written.Rows)
	}
	if count > 1 {
		told = fmt.Sprintf("%s的“%s”已改为“%s”。", rowsWords(count), desk.ShownPath(written.Written), shownOrganization(into))
	}
	p.screen.mend(data.UseOrganization(written.Column, written.Written, into.ID, rows...), told)
}

// makeOrganization lets the import make what rows write.
func (p *preview) makeOrganization(written data.Unplaced, rows ...int) {
	p.screen.mend(data.MakeOrganization(written.Column, written.Written, rows...), fmt.Sprintf("导入时会新建“%s”。", desk.ShownPath(written.Written)))
}
