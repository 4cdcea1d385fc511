package payment

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"peixun/data"
	"peixun/views/desk"
	"peixun/views/theme"
	"peixun/views/ui"
)

// step is one page of the wizard.
type step interface {
	// content is the page between the steps' bar and the buttons.
	content() fyne.CanvasObject
	// fill shows the order in every field.
	fill()
	// show shows what is missing; problems are the errors to be shown under fields, by key.
	show(gaps []gap, problems map[string]string)
	// focus gives a field the keyboard.
	focus(key string)
}

// wizard takes one order from the organisations to its submission.
type wizard struct {
	screen  *Screen
	draft   *draft
	content *fyne.Container

	organizations *organizationsStep
	transfer      *transferStep
	vouchers      *voucherPanel
	invoice       *invoiceStep
	review        *reviewStep
	request       *requestStep
	steps         map[int]step
	at            int
	reached       int // the furthest place on the path that was shown

	stepper        *ui.Stepper
	stepBar        *fyne.Container
	status         *ui.ElidedText
	body           *fyne.Container
	previous, next *ui.Button
	missing        *fyne.Container
	missingText    *ui.Text
	missingLink    *ui.Button
	why            *ui.Button
	rejected       *ui.Note
	reason         *fyne.Container

	gaps    []gap
	stale   bool             // gaps were asked for again and are not there yet
	then    func()           // waits for them
	typed   map[int64]string // amounts as typed, by organisation
	paid    data.Money       // what the bank line took from which the order was begun; 0 without one
	left    map[string]bool  // fields that were left once, whose errors may be shown
	filling bool             // fields are being set by the program
	// settling tells that the person is being asked about a conflict.
	settling bool
	checks   desk.Sequence
}

func newWizard(s *Screen) *wizard {
	w := &wizard{screen: s, typed: map[int64]string{}, left: map[string]bool{}}
	w.status = ui.NewElidedText("", theme.Secondary)
	w.status.Align = fyne.TextAlignTrailing
	w.draft = newDraft(s.desk, s.service, w.showStatus)
	w.draft.conflict = w.settle
	w.stepBar = ui.Row(0)
	w.newStepper(w.labels())
	w.organizations, w.invoice, w.review, w.request = newOrganizationsStep(w), newInvoiceStep(w), newReviewStep(w), newRequestStep(w)
	w.vouchers = newVoucherPanel(w)
	w.transfer = newTransferStep(w)
	w.steps = map[int]step{stepOrganizations: w.organizations, stepTransfer: w.transfer, stepInvoice: w.invoice, stepReview: w.review, stepRequest: w.request}
	w.body = ui.Stack()
	w.previous = ui.NewButton("上一步", "", func() { w.goBy(-1) })
	w.rejected = ui.NewNote(ui.ToneDanger, "", "")
	w.reason = ui.Pad(16, 12, 16, 0, w.rejected)
	w.why = ui.NewLink("为什么还不能提交", w.explain)
	w.next = ui.NewFilledButton("下一步", "", w.goOn)
	w.missingText = ui.NewText("", theme.TextDanger)
	w.missingLink = ui.NewLink("", w.jump)
	w.missingLink.TextRole, w.missingLink.Underline = theme.TextDanger, true
	w.missing = ui.Row(8, ui.NewIcon("circle-alert", theme.Danger), w.missingText, w.missingLink)
	w.content = ui.Ground(theme.Surface, ui.Column(0,
		ui.NewStepperBar(ui.Row(16, w.stepBar, ui.Wide(w.status))), w.reason, ui.Grow(w.body),
		ui.NewWizardFooter(ui.NewButton("取消", "", w.cancel), w.previous, ui.Gap(8), w.why, ui.Space(), w.missing, w.next)))
	return w
}

func (w *wizard) showStatus(text string, bad bool) {
	role := theme.Secondary
	if bad {
		role = theme.TextDanger
	}
	w.status.SetRole(role)
	switch {
	case w.roomForNumber():
		text = w.order().Number + " · " + text
	case w.content.Size().Width < narrowPage:
		text = strings.Replace(text, "草稿已保存", "已保存", 1)
	}
	w.status.SetText(text)
	if w.content != nil {
		w.content.Refresh()
	}
}

// roomForNumber tells whether the order's number has room beside the steps: the path of 先开票后缴费 has one more.
func (w *wizard) roomForNumber() bool {
	least := narrowPage
	if len(w.path()) > len(pathOf(data.PayFirst)) {
		least = widePage
	}
	return w.content == nil || w.content.Size().Width >= least
}

func (w *wizard) inHand() bool { return w.draft.order.ID != 0 }

func (w *wizard) order() *data.Order { return &w.draft.order }

// take puts an order in hand and shows it at a step.
func (w *wizard) take(order data.Order, step int) {
	w.draft.take(order)
	w.typed, w.left, w.gaps, w.reached, w.paid = map[int64]string{}, map[string]bool{}, nil, 0, 0
	w.then = nil
	for _, line := range order.Lines {
		if line.Amount > 0 {
			w.typed[line.OrganizationID] = line.Amount.String()
		}
	}
	w.showReason()
	w.organizations.reload()
	w.transfer.loadAccounts()
	w.invoice.profiles.load()
	w.vouchers.take()
	w.showStep(step)
	w.check()
}

// release puts the order aside.
func (w *wizard) release() { w.draft.take(data.Order{}) }

// path lists the steps of the order in hand.
func (w *wizard) path() []int { return pathOf(w.order().Mode) }

// place says where on the path the present step is.
func (w *wizard) place() int { return slices.Index(w.path(), w.at) }

func (w *wizard) labels() []string {
	var labels []string
	for _, step := range w.path() {
		labels = append(labels, stepLabel(step, w.order().Mode))
	}
	return labels
}

// goBy goes so many steps along the path.
func (w *wizard) goBy(steps int) {
	path := w.path()
	w.goTo(path[min(max(0, w.place()+steps), len(path)-1)])
}

func (w *wizard) showStep(step int) {
	if !slices.Contains(w.path(), step) { // of another 缴费模式
		step = stepOrganizations
	}
	w.at = step
	w.reached = max(w.reached, w.place())
	w.showPath()
	w.previous.Hidden = step == stepOrganizations
	w.next.SetLabel(w.onwards())
	w.fill()
	w.remember()
	w.body.Objects = []fyne.CanvasObject{w.steps[step].content()}
	w.showGaps()
	w.content.Refresh()
	w.screen.retitle()
}

// fill shows the order in the fields of the present step; nothing counts as typed meanwhile.
func (w *wizard) fill() {
	w.filling = true
	w.steps[w.at].fill()
	w.filling = false
}

// changed is called after every change that a person made.
func (w *wizard) changed() {
	w.draft.touch()
	w.check()
}

// bind makes a field write into the order.
func (w *wizard) bind(field *ui.Field, set func(text string)) {
	field.OnChanged = func(text string) {
		if !w.filling {
			set(text)
			w.changed()
		}
	}
}

// check asks again what is missing, and then does what waited for the answer.
func (w *wizard) check() {
	snapshot := w.draft.snapshot()
	w.stale = true
	desk.Load(w.screen.desk, &w.checks, func(ctx context.Context) ([]data.Problem, error) {
		return w.screen.service.OrderGaps(ctx, snapshot)
	}, func(problems []data.Problem) {
		w.gaps, w.stale = gapsOf(problems, snapshot.Lines, w.typed), false
		w.showGaps()
		if next := w.then; next != nil {
			w.then = nil
			next()
		}
	})
}

// leave is called when a field was left: from now on its error is shown.
func (w *wizard) leave(key string) {
	if !w.filling && !w.left[key] {
		w.left[key] = true
		w.showGaps()
	}
}

// blocked gives what must be mended before the present step may be left.
func (w *wizard) blocked() []gap {
	if w.at == stepReview {
		return blocking(w.gaps)
	}
	return errorsIn(w.gaps, w.at)
}

func (w *wizard) showGaps() {
	problems := map[string]string{}
	for _, one := range w.gaps {
		if !one.warning && w.left[one.key] {
			problems[one.key] = one.text()
		}
	}
	w.showPath()
	blocked := w.blocked()
	w.why.Hidden = w.at == stepReview || len(blocking(w.gaps)) == 0
	w.missing.Hidden = len(blocked) == 0 || w.at == stepRequest
	if w.missingLink.Hidden = w.at == stepInvoice; w.missingLink.Hidden { // the list beside the form names them
		w.missingText.SetText(fmt.Sprintf("还差 %d 项", len(blocked)))
	} else if len(blocked) > 0 {
		w.missingText.SetText(fmt.Sprintf("还差 %d 项：", len(blocked)))
		w.missingLink.SetLabel(blocked[0].label)
	}
	w.steps[w.at].show(w.gaps, problems)
	w.content.Refresh()
}

// jump goes to the first thing that is missing.
func (w *wizard) jump() {
	if blocked := w.blocked(); len(blocked) > 0 {
		w.jumpTo(blocked[0].key)
	}
}

func (w *wizard) jumpTo(key string) {
	if step := (gap{key: key}).step(); step != w.at {
		w.goTo(step)
	}
	w.left[key] = true
	w.showGaps()
	w.steps[w.at].focus(key)
}

func (w *wizard) goTo(step int) {
	w.draft.flush(func(error) {})
	w.showStep(step)
}

// begin puts the keyboard into the first field of a new step that still lacks something.
func (w *wizard) begin() {
	missing := errorsIn(w.gaps, w.at)
	if w.at != stepReview && len(missing) > 0 {
		w.steps[w.at].focus(missing[0].key)
	}
}

// goOn is 下一步: it shows what is missing in this step, or goes to the next.
func (w *wizard) goOn() {
	if w.stale { // Enter may follow the last key before it was judged
		w.then = w.goOn
		w.check()
		return
	}
	switch w.at {
	case stepReview:
		w.review.submit()
		return
	case stepRequest:
		w.request.goOn()
		return
	}
	blocked := w.blocked()
	if len(blocked) == 0 {
		w.goBy(1)
		w.begin()
		return
	}
	for _, one := range blocked {
		w.left[one.key] = true
	}
	w.jumpTo(blocked[0].key)
}
