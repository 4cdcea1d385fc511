package data

import (
	"fmt"
	"strings"
)

// Codes of the problems about an organisation that cannot be found.
const (
	codeOrganizationUnknown   = "organization-unknown"
	codeOrganizationAmbiguous = "organization-ambiguous"
)

// OrganizationTree finds organisations by what people write.
type OrganizationTree struct {
	list   []Organization
	byID   map[int64]Organization
	byPath map[string]int64
	byName map[string][]int64
}

// NewOrganizationTree takes the organisations, each after its parent.
func NewOrganizationTree(list []Organization) OrganizationTree {
	tree := OrganizationTree{list: list, byID: map[int64]Organization{}, byPath: map[string]int64{}, byName: map[string][]int64{}}
	for _, o := range list {
		tree.byID[o.ID] = o
		tree.byPath[o.Path] = o.ID
		tree.byName[o.Name] = append(tree.byName[o.Name], o.ID)
	}
	return tree
}

// Root gives the unit itself.
func (t OrganizationTree) Root() Organization {
	if len(t.list) == 0 {
		return Organization{}
	}
	return t.list[0]
}

// List gives the organisations, each after its parent.
func (t OrganizationTree) List() []Organization { return t.list }

// Get gives an organisation by its key; ok is false where there is none.
func (t OrganizationTree) Get(id int64) (Organization, bool) {
	o, ok := t.byID[id]
	return o, ok
}

// Payer gives the organisation that pays for one: its own payer, or the nearest up the tree, or the root.
func (t OrganizationTree) Payer(id int64) Organization {
	for o, ok := t.byID[id]; ok; o, ok = t.byID[o.ParentID] {
		if o.PayerID != 0 {
			return t.byID[o.PayerID]
		}
	}
	return t.Root()
}

// PaidBy lists the organisations whose line in an order counts people of one: who pays for them, and the organisation and those above
// it that have the same payer. ownPayer is the people's own payer, or 0 where they have that of their organisation.
func (t OrganizationTree) PaidBy(id, ownPayer int64) []int64 {
	payer := ownPayer
	if payer == 0 {
		payer = t.Payer(id).ID
	}
	counted := []int64{payer}
	for o, ok := t.byID[id]; ok; o, ok = t.byID[o.ParentID] {
		if o.ID != payer && t.Payer(o.ID).ID == payer {
			counted = append(counted, o.ID)
		}
	}
	return counted
}

// Resolve finds the organisation that a path means:院本部/内科 from below the root, the same with the unit's name
// before it, or a single name that stands only once in the tree. A path that means nothing gives known = false and
// the path as it would be made; one with several meanings gives a Problem.
func (t OrganizationTree) Resolve(written string) (o Organization, path string, known bool, err error) {
	path = t.trim(written)
	if path == "" {
		return t.Root(), "", true, nil
	}
	if id, ok := t.byPath[path]; ok {
		return t.byID[id], path, true, nil
	}
	if strings.Contains(path, "/") {
		return o, path, false, nil
	}
	switch ids := t.byName[path]; len(ids) {
	case 0:
		return o, path, false, nil
	case 1:
		return t.byID[ids[0]], t.byID[ids[0]].Path, true, nil
	default:
		return o, path, false, Refuse(codeOrganizationAmbiguous, "organization",
			fmt.Sprintf("有 %d 个机构都叫“%s”。", len(ids), path),
			fmt.Sprintf("请写全路径，例如“%s”。", t.byID[ids[0]].Path))
	}
}

// thisUnit is what people call the root where they do not write its name.
const thisUnit = "本单位"

// trim cleans a written path and takes the unit's own name off its front.
func (t OrganizationTree) trim(written string) string {
	var parts []string
	for _, part := range strings.Split(written, "/") {
		if part = strings.TrimSpace(part); part != "" {
			parts = append(parts, part)
		}
	}
	if len(parts) > 0 && (parts[0] == t.Root().Name || parts[0] == thisUnit && len(t.byName[thisUnit]) == 0) {
		parts = parts[1:]
	}
	return strings.Join(parts, "/")
}

// Below lists an organisation and everything under it.
func (t OrganizationTree) Below(id int64) []Organization {
	inside := map[int64]bool{id: true}
	var found []Organization
	for _, o := range t.list {
		if inside[o.ID] || inside[o.ParentID] && o.ParentID != 0 {
			inside[o.ID] = true
			found = append(found, o)
		}
	}
	return found
}
