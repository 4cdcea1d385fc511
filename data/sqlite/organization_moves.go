package sqlite

import (
	"fmt"

	"peixun/data"
)

// MoveOrganization puts an organisation under another parent; paths and depths below follow. The caller sees to it that the
// parent does not stand below it. A name that stands there already is refused.
func (t *Tx) MoveOrganization(id, parentID int64) error {
	err := t.change("UPDATE organization SET parent_id = ?, position = (SELECT max(position) + 1 FROM organization) WHERE id = ? AND parent_id IS NOT NULL", parentID, id)
	if isConstraint(err, "UNIQUE") {
		return data.Refuse("organization-exists", "other", "那里已经有同名的机构。", "请先给其中一个改名，或者把它们合并。").Because(err)
	}
	if err != nil {
		return err
	}
	return t.renewPlaces()
}

// MergeOrganizations puts everything that hangs on one organisation onto another and deletes the first. Orders keep the path
// that they were made with; an order with a line for each of them is refused, because its lines cannot be added up afterwards.
func (t *Tx) MergeOrganizations(from, into int64) error {
	var both int
	err := t.one("SELECT count(*) FROM order_line a JOIN order_line b ON b.order_id = a.order_id WHERE a.organization_id = ? AND b.organization_id = ?", []any{from, into}, &both)
	if err != nil {
		return err
	}
	if both > 0 {
		return data.Refuse("organizations-in-one-order", "other", fmt.Sprintf("有 %d 个缴费订单同时包含这两个机构。", both), "这两个机构不能合并，可以把学员调整过去。")
	}
	for _, query := range []string{
		"UPDATE trainee SET organization_id = ? WHERE organization_id = ?",
		"UPDATE trainee SET payer_id = ? WHERE payer_id = ?",
		"UPDATE organization SET payer_id = ? WHERE payer_id = ?",
		"UPDATE organization SET parent_id = ? WHERE parent_id = ?",
		"UPDATE order_line SET organization_id = ? WHERE organization_id = ?",
	} {
		_, err := t.exec(query, into, from)
		if isConstraint(err, "organization.parent_id") {
			return data.Refuse("organization-exists", "other", "两个机构有同名的下级机构。", "请先给其中一个下级改名，或者先合并它们。").Because(err)
		}
		if err != nil {
			return err
		}
	}
	if err := t.change("DELETE FROM organization WHERE id = ? AND parent_id IS NOT NULL", from); err != nil {
		return err
	}
	return t.renewPlaces()
}

// renewPlaces writes every depth and path anew from parents and names. Paths are unique, so they first make room for each other.
func (t *Tx) renewPlaces() error {
	tree, err := t.Organizations()
	if err != nil {
		return err
	}
	if _, err := t.exec("UPDATE organization SET path = 'moving/' || id WHERE parent_id IS NOT NULL"); err != nil {
		return err
	}
	places := map[int64]data.Organization{}
	for _, o := range tree {
		o.Path, o.Depth = o.Name, 0
		if parent, below := places[o.ParentID]; below {
			if o.Depth = parent.Depth + 1; o.Depth > 1 {
				o.Path = parent.Path + "/" + o.Name
			}
		}
		places[o.ID] = o
		if err := t.change("UPDATE organization SET path = ?, depth = ? WHERE id = ?", o.Path, o.Depth, o.ID); err != nil {
			return err
		}
	}
	return nil
}
