package payment

import (
	"context"
	"encoding/json"
	"fmt"

	"fyne.io/fyne/v2"

	"peixun/data"
	"peixun/views/desk"
	"peixun/views/ui"
)

// handSetting keeps which order was in hand at which step, so that a crash loses not even the place.
const handSetting = "payment.hand"

// hand is what was being filled in.
type hand struct {
	Order int64 `json:"order"`
	Step  int   `json:"step"`
}

// remember keeps the place; a place that cannot be kept costs a click later and nothing else.
func (w *wizard) remember() { w.keep(hand{Order: w.order().ID, Step: w.at}) }

func (w *wizard) keep(h hand) {
	text, err := json.Marshal(h)
	if err != nil {
		return
	}
	w.screen.desk.Do(func(ctx context.Context) error {
		return w.screen.service.SetSetting(ctx, handSetting, string(text))
	}, func() {})
}

// remembered gives what was in hand when the program ended; ok is false where nothing was.
func (s *Screen) remembered() (h hand, ok bool) {
	err := json.Unmarshal([]byte(s.service.Setting(context.Background(), handSetting, "{}")), &h)
	return h, err == nil && h.Order != 0
}

// showPath shows the steps with their state. One can go to every step that was shown, and to the first that lacks something.
func (w *wizard) showPath() {
	path, lacking, reached := w.path(), map[int]bool{}, w.reached
	open := true // nothing is missing before
	for place, step := range path {
		if open {
			reached = max(reached, place)
		}
		lacks := len(errorsIn(w.gaps, step)) > 0
		lacking[place] = lacks && place <= w.reached
		open = open && !lacks && w.gaps != nil
	}
	if labels := w.labels(); len(labels) == w.stepper.Len() {
		w.stepper.SetLabels(labels...)
	} else {
		w.newStepper(labels)
	}
	w.stepper.SetPresent(max(0, w.place()))
	w.stepper.SetReached(reached)
	w.stepper.SetLacking(lacking)
	w.stepBar.Refresh()
}

// newStepper makes the row of steps for a path of another length.
func (w *wizard) newStepper(labels []string) {
	w.stepper = ui.NewStepper(labels...)
	w.stepper.OnStep = func(place int) { w.goTo(w.path()[place]) }
	w.stepBar.Objects = []fyne.CanvasObject{w.stepper}
}

// onwards names the button that leads out of the present step.
func (w *wizard) onwards() string {
	switch w.at {
	case stepReview:
		return "提交"
	case stepRequest:
		return w.request.onwards()
	}
	if w.path()[w.place()+1] == stepReview {
		return "下一步：核对并提交"
	}
	return "下一步"
}

// firstStep is where a draft is gone on with: the first step that lacks something. What was rejected lacks nothing and yet has to be
// changed, so it is shown from the beginning.
func firstStep(order data.Order, gaps []gap) int {
	for _, step := range pathOf(order.Mode) {
		if len(errorsIn(gaps, step)) > 0 {
			return step
		}
	}
	if order.Revision > 1 {
		return stepOrganizations
	}
	return stepReview
}

// showReason says on every step of a revision why the order was rejected.
func (w *wizard) showReason() {
	reason := w.order().ReviewNote
	w.reason.Hidden = w.order().Revision < 2 || reason == ""
	w.rejected.Set(ui.ToneDanger, fmt.Sprintf("第 %d 次修订。", w.order().Revision-1), "驳回原因："+reason)
}

// explain lists everything that stands between the order and its submission, by step; a click jumps there.
func (w *wizard) explain() {
	blocked := blocking(w.gaps)
	dialog := ui.NewDialog(w.screen.desk.Window, "为什么还不能提交")
	list := ui.NewMissingList(func(key string) {
		dialog.Hide()
		w.jumpTo(key)
	})
	list.Goal = "提交"
	var items []ui.Missing
	for _, step := range w.path() {
		for _, one := range blocked {
			if one.step() == step {
				items = append(items, ui.Missing{Key: one.key, Label: stepLabel(step, w.order().Mode) + "：" + one.label, Problem: one.what})
			}
		}
	}
	list.SetItems(items)
	dialog.Text = fmt.Sprintf("订单 %s 还差 %d 项。草稿已经保存，可以慢慢补。", w.order().Number, len(items))
	dialog.Body, dialog.NoCancel = list, true
	dialog.SetDefault("知道了", nil)
	dialog.Show()
}

// cancel is 取消: the draft stays in the list.
func (w *wizard) cancel() {
	number := w.order().Number
	w.screen.Leave(func() {
		w.keep(hand{})
		w.screen.showChoice()
		w.screen.desk.Toast("草稿 " + number + " 已保存，可以在这里继续填写。")
	})
}

// after says where a submitted order is found.
func after(order data.Order) desk.Page {
	if order.Mode == data.PayOnline {
		return desk.Online
	}
	return desk.Orders
}
