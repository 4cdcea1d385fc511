// Package reconcile is 对账管理 beside the orders: 银行流水核对, 对账差异 and 月结.
package reconcile

import (
	"context"

	"fyne.io/fyne/v2"

	"peixun/app"
	"peixun/views/desk"
	"peixun/views/theme"
	"peixun/views/ui"
)

// service is what the pages ask of the program.
type service interface {
	Reconcile(ctx context.Context) (app.Reconciliation, error)
}

// Screen is 银行流水核对.
type Screen struct {
	desk    *desk.Desk
	service service
	content fyne.CanvasObject
}

// New makes the page.
func New(d *desk.Desk, s service) *Screen {
	r := &Screen{desk: d, service: s}
	r.content = ui.Ground(theme.Surface, r.empty())
	return r
}

// Content is part of desk.Screen.
func (r *Screen) Content() fyne.CanvasObject { return r.content }

// Enter shows the page; an int64 is a bank line to stand at.
func (r *Screen) Enter(any) {}

// Changed is part of desk.Screen.
func (r *Screen) Changed(app.Event) {}

func (r *Screen) empty() fyne.CanvasObject {
	return ui.NewEmptyState("landmark", "还没有导入银行流水", "从网上银行导出明细，导入以后程序自动找出每笔付款对应的订单。",
		[]fyne.CanvasObject{ui.NewFilledButton("导入银行流水", "upload", func() { r.desk.Go(desk.BringIn, nil) })}, nil, "")
}
