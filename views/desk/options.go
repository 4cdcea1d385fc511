package desk

import (
	"strconv"

	"peixun/app"
	"peixun/data"
	"peixun/views/ui"
)

// OrganizationOptions lists the tree for a picker; names are found by pinyin and initials too.
func OrganizationOptions(tree data.OrganizationTree) []ui.Option {
	options := make([]ui.Option, 0, len(tree.List()))
	for _, o := range tree.List() {
		whole, initials := app.SpellName(o.Name)
		options = append(options, ui.Option{Key: strconv.FormatInt(o.ID, 10), Text: o.Name, Indent: o.Depth, Search: []string{whole, initials}})
	}
	return options
}
