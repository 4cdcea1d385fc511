package app

import "peixun/data"

// Written tells of a paper that was written.
type Written struct {
	Pages int
	// Warnings tell what to look at before it is printed: whose characters no font has, and what else is odd.
	Warnings []data.Problem
}
