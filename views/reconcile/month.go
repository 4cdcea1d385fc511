package reconcile

import "peixun/views/desk"

// NewMonthEnd makes 月结.
func NewMonthEnd(d *desk.Desk, s service) *Screen { return New(d, s) }
