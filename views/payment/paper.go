package payment

import (
	"context"
	"io"

	"peixun/app"
	"peixun/data"
	"peixun/views/preview"
)

// printRequest shows the 付款申请单 of the order in hand, as it is stored.
func (w *wizard) printRequest() {
	order := *w.order()
	service := w.screen.service
	printed := func() {
		w.screen.desk.Do(func(ctx context.Context) error { return service.RecordPrinted(ctx, order.ID, data.PaymentRequestName) }, func() {})
	}
	w.draft.flush(func(err error) {
		if err != nil {
			w.screen.desk.Fail(err)
			return
		}
		preview.Show(w.screen.desk, service, preview.Paper{
			Title: data.PaymentRequestName + " " + order.Number, Name: data.PaymentRequestName + "_" + order.Number + ".pdf",
			Write: func(ctx context.Context, out io.Writer) (app.Written, error) {
				return service.PaymentRequestPaper(ctx, order.ID, out)
			},
			OnPrinted: func(app.Printed) { printed() }, OnSaved: func(string) { printed() },
		})
	})
}
