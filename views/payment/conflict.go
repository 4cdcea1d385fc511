package payment

import (
	"context"
	"errors"
	"fmt"

	"fyne.io/fyne/v2"

	"peixun/data"
	"peixun/views/desk"
	"peixun/views/theme"
	"peixun/views/ui"
)

// isConflict tells of a save that failed because another program changed the order meanwhile.
func isConflict(err error) bool {
	return errors.Is(err, data.ErrStale) || errors.Is(err, data.ErrWrongState)
}

// settle asks what shall stand after a conflict: what is stored, or what stands in the form. Until then the form keeps what was typed.
func (w *wizard) settle() {
	mine := w.draft.snapshot()
	var stored data.Order
	w.screen.desk.Do(func(ctx context.Context) error {
		var err error
		stored, err = w.screen.service.Order(ctx, mine.ID)
		return err
	}, func() {
		switch {
		case w.order().ID != mine.ID || w.settling:
		case !stored.Editable():
			w.tellClosed(stored)
		default:
			w.askWhich(stored, mine)
		}
	})
}

// askWhich shows what differs and lets one of both stand.
func (w *wizard) askWhich(stored, mine data.Order) {
	mine.Vouchers = stored.Vouchers // they are stored when they are added
	changes := data.CompareOrders(stored, mine)
	if len(changes) == 0 {
		w.take(stored, w.at)
		return
	}
	dialog := w.conflictDialog("这个订单刚刚在别处改过")
	dialog.Text = fmt.Sprintf("您填写时，别的窗口或命令保存了 %s。有 %d 处不同（已保存的 → 这里填的），请选一份留下：", stored.Number, len(changes))
	dialog.Body = changeList(changes)
	dialog.CancelLabel = "先不决定"
	dialog.AddButton("用已保存的", func() {
		dialog.Hide()
		w.settling = false
		w.take(stored, w.at)
	})
	dialog.SetDefault("用这里填的", func() bool {
		w.settling = false
		w.order().Version, w.order().Vouchers = stored.Version, stored.Vouchers
		w.draft.touch()
		w.draft.save()
		return true
	})
	dialog.Show()
}

// changesShown is how many differences the dialog has room for.
const changesShown = 10

func changeList(changes []data.OrderChange) fyne.CanvasObject {
	list := ui.Column(4)
	for _, change := range changes[:min(len(changes), changesShown)] {
		list.Add(ui.NewCaptionParagraph(change.String(), theme.Text))
	}
	if more := len(changes) - changesShown; more > 0 {
		list.Add(ui.NewCaption(fmt.Sprintf("另有 %d 处", more), theme.Secondary))
	}
	return list
}

// tellClosed leaves the form of an order that can no longer be changed.
func (w *wizard) tellClosed(stored data.Order) {
	dialog := w.conflictDialog("这个订单已经不能再改")
	dialog.Text = fmt.Sprintf("您填写时，别的窗口或命令把 %s 变成了“%s”。这里还没有保存的内容没有写进去，请到订单详情核对。", stored.Number, stored.Review)
	dialog.NoCancel = true
	dialog.SetDefault("查看订单", func() bool {
		w.settling = false
		w.keep(hand{})
		w.screen.showChoice()
		w.screen.desk.Go(desk.OrderDetails, stored.ID)
		return true
	})
	dialog.Show()
}

// conflictDialog makes a dialog that stands alone: typing that goes on does not open a second one.
func (w *wizard) conflictDialog(title string) *ui.Dialog {
	w.settling = true
	dialog := ui.NewDialog(w.screen.desk.Window, title)
	dialog.OnCancel = func() { w.settling = false }
	return dialog
}
