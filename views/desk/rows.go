package desk

import (
	"context"
	"fmt"
)

// chunk is how many rows are read at once when one of them comes into view.
const chunk = 64

// Rows are a list's rows, read by key as they come into view: only the keys of the whole list are kept.
type Rows[T any] struct {
	ids    []int64
	read   func(ctx context.Context, ids []int64) ([]T, error)
	chunks map[int][]T
	failed func(error)
}

// NewRows makes a list of the given keys; read gives the rows of some of them in that order.
func NewRows[T any](ids []int64, read func(ctx context.Context, ids []int64) ([]T, error), failed func(error)) *Rows[T] {
	return &Rows[T]{ids: ids, read: read, chunks: map[int][]T{}, failed: failed}
}

// Len is the number of rows.
func (r *Rows[T]) Len() int {
	if r == nil {
		return 0
	}
	return len(r.ids)
}

// IDs are the keys of all rows, in the list's order.
func (r *Rows[T]) IDs() []int64 {
	if r == nil {
		return nil
	}
	return r.ids
}

// ID is the key of a row.
func (r *Rows[T]) ID(row int) int64 { return r.ids[row] }

// At gives a row, reading its neighbours with it. A row that cannot be read is the zero value, and failed is told.
func (r *Rows[T]) At(row int) T {
	var none T
	number := row / chunk
	rows, ok := r.chunks[number]
	if !ok {
		end := min(len(r.ids), (number+1)*chunk)
		var err error
		if rows, err = r.read(context.Background(), r.ids[number*chunk:end]); err != nil {
			r.failed(err)
			rows = nil
		}
		r.chunks[number] = rows
	}
	if at := row - number*chunk; at < len(rows) {
		return rows[at]
	}
	return none
}

func fraction(finished, total int) float64 {
	if total <= 0 {
		return 0
	}
	return float64(finished) / float64(total)
}

func counted(finished, total int) string {
	if total <= 0 {
		return fmt.Sprintf("已处理 %s 行", Thousands(finished))
	}
	return fmt.Sprintf("已处理 %s / %s", Thousands(finished), Thousands(total))
}

// Thousands writes a count with commas: 1,284.
func Thousands(n int) string {
	text := fmt.Sprint(n)
	for at := len(text) - 3; at > 0; at -= 3 {
		text = text[:at] + "," + text[at:]
	}
	return text
}
