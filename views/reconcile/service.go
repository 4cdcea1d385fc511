package reconcile

import (
	"context"
	"io"

	"peixun/app"
	"peixun/data"
	"peixun/views/preview"
)

// service is what the pages ask of the program.
type service interface {
	preview.Service
	Today() data.Date
	Reconcile(ctx context.Context) (app.Reconciliation, error)
	SettleCertain(ctx context.Context) ([]int64, error)
	SettleMatch(ctx context.Context, match data.Match) (int64, error)
	UnmatchAll(ctx context.Context, ids []int64) error
	SetAside(ctx context.Context, lineID int64, aside bool) error
	AcceptDifference(ctx context.Context, difference data.Difference, reason string) error
	ReopenDifference(ctx context.Context, difference data.Difference) error
	CloseMonth(ctx context.Context, month data.Month, note string) error
	ReopenMonth(ctx context.Context, month data.Month, reason string) error
	ReconciliationPaper(ctx context.Context, month data.Month, w io.Writer) (app.Written, error)
}
