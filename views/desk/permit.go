package desk

import "peixun/data"

// Permitter tells whether whoever is logged in has a right; *app.App is one.
type Permitter interface {
	May(right data.Right) (reason string, ok bool)
}

// Permit greys what needs a right that whoever is logged in lacks, and gives the reason, "" where nothing is greyed. A field that cannot be
// stored must not be typed in.
func Permit(s Permitter, right data.Right, controls ...interface{ SetDisabled(bool) }) (reason string) {
	reason, may := s.May(right)
	for _, control := range controls {
		control.SetDisabled(!may)
	}
	return reason
}
