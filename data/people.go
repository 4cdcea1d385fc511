package data

// OrganizationChange tells what a move or merge of organisations touched.
type OrganizationChange struct {
	People        int // trainees directly or below
	Organizations int // organisations whose path changed
}
