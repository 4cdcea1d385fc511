package sqlite

import (
	"encoding/json"
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

// OrganizationMerge is what a merge of organisations moved beside trainees.
type OrganizationMerge struct {
	From     data.Organization // the one that is gone
	Into     int64
	Children []int64 // organisations that stood below it
	Payers   []int64 // organisations for which it paid
	Orders   []int64 // orders with a line for it
}

// HangsOn reads what MergeOrganizations would move from an organisation, trainees apart.
func (t *Tx) HangsOn(from data.Organization, into int64) (m OrganizationMerge, err error) {
	m.From, m.Into = from, into
	for _, part := range []struct {
		keys  *[]int64
		query string
	}{
		{&m.Children, "SELECT id FROM organization WHERE parent_id = ? ORDER BY id"},
		{&m.Payers, "SELECT id FROM organization WHERE payer_id = ? ORDER BY id"},
		{&m.Orders, "SELECT order_id FROM order_line WHERE organization_id = ? ORDER BY order_id"},
	} {
		if *part.keys, err = t.ids(part.query, from.ID); err != nil {
			return m, err
		}
	}
	return m, nil
}

// TraineesOn reads the trainees who belong to an organisation or for whom it pays by name, as TraineeBrief does.
func (t *Tx) TraineesOn(id int64) ([]data.Trainee, error) {
	ids, err := t.ids("SELECT id FROM trainee WHERE (organization_id = ?1 OR payer_id = ?1) AND merged_into IS NULL ORDER BY id", id)
	if err != nil {
		return nil, err
	}
	found := make([]data.Trainee, len(ids))
	for place, one := range ids {
		if found[place], err = t.TraineeBrief(one); err != nil {
			return nil, err
		}
	}
	return found, nil
}

// AddOrganizationMerge writes down what a merge moved.
func (t *Tx) AddOrganizationMerge(changeID int64, m OrganizationMerge) error {
	parts, err := json.Marshal(m)
	if err != nil {
		return err
	}
	_, err = t.exec("INSERT INTO organization_merge (change_id, parts) VALUES (?, ?)", changeID, string(parts))
	return err
}

// OrganizationMerge reads what a merge moved, or fails with data.ErrNotFound.
func (t *Tx) OrganizationMerge(changeID int64) (m OrganizationMerge, err error) {
	var parts string
	if err := t.one("SELECT parts FROM organization_merge WHERE change_id = ?", []any{changeID}, &parts); err != nil {
		return m, err
	}
	if err := json.Unmarshal([]byte(parts), &m); err != nil {
		return m, fmt.Errorf("%w: organization_merge %d: %w", data.ErrDamaged, changeID, err)
	}
	return m, nil
}

// SplitOrganizations takes a merge back, trainees apart: the organisation stands again with its key, and what still stands where the
// merge put it returns. A name that its place has given away meanwhile is refused.
func (t *Tx) SplitOrganizations(m OrganizationMerge) error {
	from := m.From
	if there, err := t.HasOrganization(from.ParentID); err != nil || !there {
		return data.Refuse("organization-gone", "", fmt.Sprintf("“%s”的上级机构已经没有了。", from.Name), "请新建机构，再把学员调整过去。").Because(err)
	}
	_, err := t.exec("INSERT INTO organization (id, parent_id, name, path, depth, position, payer_id) VALUES (?, ?, ?, ?, ?, ?, NULL)",
		from.ID, from.ParentID, from.Name, "splitting/"+from.Path, from.Depth, from.Order)
	if isConstraint(err, "UNIQUE") {
		return data.Refuse("organization-exists", "", fmt.Sprintf("那里又有了名为“%s”的机构。", from.Name), "请先给它改名，再撤销合并。").Because(err)
	}
	if err != nil {
		return err
	}
	if payer, err := t.HasOrganization(from.PayerID); err != nil || payer {
		if _, err := t.exec("UPDATE organization SET payer_id = ? WHERE id = ?", nullable(from.PayerID), from.ID); err != nil {
			return err
		}
	}
	for _, part := range []struct {
		keys  []int64
		query string
	}{
		{m.Children, "UPDATE organization SET parent_id = ?1 WHERE id = ?2 AND parent_id = ?3"},
		{m.Payers, "UPDATE organization SET payer_id = ?1 WHERE id = ?2 AND payer_id = ?3"},
		{m.Orders, "UPDATE order_line SET organization_id = ?1 WHERE order_id = ?2 AND organization_id = ?3"},
	} {
		for _, key := range part.keys {
			if _, err := t.exec(part.query, from.ID, key, m.Into); err != nil {
				return err
			}
		}
	}
	return t.renewPlaces()
}

// OrganizationUse counts what hangs on an organisation.
func (t *Tx) OrganizationUse(id int64) (u data.OrganizationUse, err error) {
	err = t.one(`SELECT (SELECT count(*) FROM trainee WHERE organization_id = ?1 AND status = '启用'),
			(SELECT count(*) FROM trainee WHERE organization_id = ?1 AND status = '停用' AND merged_into IS NULL),
			(SELECT count(*) FROM organization WHERE parent_id = ?1), (SELECT count(*) FROM organization WHERE payer_id = ?1 AND id <> ?1),
			(SELECT count(*) FROM trainee WHERE payer_id = ?1 AND merged_into IS NULL), (SELECT count(DISTINCT order_id) FROM order_line WHERE organization_id = ?1)`,
		[]any{id}, &u.Enabled, &u.Disabled, &u.Below, &u.Payers, &u.PaidTrainees, &u.Orders)
	return u, err
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
