package reconcile

import "peixun/views/desk"

// NewDifferences makes 对账差异.
func NewDifferences(d *desk.Desk, s service) *Screen { return New(d, s) }
