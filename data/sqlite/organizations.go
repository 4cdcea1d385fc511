package sqlite

import (
	"fmt"

	"peixun/data"
)

// Organizations lists the tree, each after its parent, siblings in their order.
func (t *Tx) Organizations() ([]data.Organization, error) {
	return t.organizations("(SELECT count(*) FROM trainee p WHERE p.organization_id = o.id AND p.status = '启用')")
}

// organizations is Organizations with an expression for the number of people.
func (t *Tx) organizations(people string) ([]data.Organization, error) {
	children := map[int64][]data.Organization{}
	err := t.each("SELECT o.id, coalesce(o.parent_id, 0), o.name, o.path, o.depth, coalesce(o.payer_id, 0), o.position, "+people+" FROM organization o ORDER BY o.position, o.id", nil, func(scan func(...any) error) error {
		var o data.Organization
		if err := scan(&o.ID, &o.ParentID, &o.Name, &o.Path, &o.Depth, &o.PayerID, &o.Order, &o.People); err != nil {
			return err
		}
		children[o.ParentID] = append(children[o.ParentID], o)
		return nil
	})
	if err != nil {
		return nil, err
	}
	var tree []data.Organization
	var walk func(parent int64)
	walk = func(parent int64) {
		for _, o := range children[parent] {
			tree = append(tree, o)
			walk(o.ID)
		}
	}
	walk(0)
	return tree, nil
}

// AddOrganization stores an organisation under its parent and gives the key. Path, depth and order are worked out here.
func (t *Tx) AddOrganization(o data.Organization) (int64, error) {
	id, err := t.Next("organization")
	if err != nil {
		return 0, err
	}
	o.Path, o.Depth = o.Name, 0
	if o.ParentID != 0 {
		var parentPath string
		if err := t.one("SELECT path, depth + 1 FROM organization WHERE id = ?", []any{o.ParentID}, &parentPath, &o.Depth); err != nil {
			return 0, err
		}
		if o.Depth > 1 {
			o.Path = parentPath + "/" + o.Name
		}
	}
	_, err = t.exec("INSERT INTO organization (id, parent_id, name, path, depth, position, payer_id) VALUES (?, ?, ?, ?, ?, ?, ?)",
		id, nullable(o.ParentID), o.Name, o.Path, o.Depth, id, nullable(o.PayerID))
	if isConstraint(err, "UNIQUE") {
		return 0, data.Refuse("organization-exists", "name", fmt.Sprintf("已有名为“%s”的机构。", o.Name), "请换一个名称。").Because(err)
	}
	return id, err
}

// SaveOrganization stores a changed name or payer; the paths below follow the name.
func (t *Tx) SaveOrganization(o data.Organization) error {
	err := t.change("UPDATE organization SET name = ?, payer_id = ? WHERE id = ?", o.Name, nullable(o.PayerID), o.ID)
	if err == nil {
		err = t.renewPaths() // the unit's own path is its name, which one below it may have
	}
	if isConstraint(err, "UNIQUE") {
		return data.Refuse("organization-exists", "name", fmt.Sprintf("已有名为“%s”的机构。", o.Name), "请换一个名称。").Because(err)
	}
	return err
}

// renewPaths writes every path anew from the names.
func (t *Tx) renewPaths() error {
	tree, err := t.Organizations()
	if err != nil {
		return err
	}
	paths := map[int64]string{}
	for _, o := range tree {
		path := o.Name
		if o.Depth > 1 {
			path = paths[o.ParentID] + "/" + o.Name
		}
		paths[o.ID] = path
		if path == o.Path {
			continue
		}
		if err := t.change("UPDATE organization SET path = ? WHERE id = ?", path, o.ID); err != nil {
			return err
		}
	}
	return nil
}

// HasOrganization tells whether an organisation is stored.
func (t *Tx) HasOrganization(id int64) (bool, error) {
	var count int
	err := t.one("SELECT count(*) FROM organization WHERE id = ?", []any{id}, &count)
	return count > 0, err
}

// RemoveOrganization deletes an organisation that nothing hangs on; else data.ErrWrongState. Who was merged into somebody else does
// not count: they go to the unit.
func (t *Tx) RemoveOrganization(id int64) error {
	for _, query := range []string{
		"UPDATE organization SET payer_id = NULL WHERE id = ?1 AND payer_id = ?1", // one that pays for itself is in its own way
		"UPDATE trainee SET organization_id = (SELECT id FROM organization WHERE parent_id IS NULL) WHERE organization_id = ? AND merged_into IS NOT NULL",
		"UPDATE trainee SET payer_id = NULL WHERE payer_id = ? AND merged_into IS NOT NULL",
	} {
		if _, err := t.exec(query, id); err != nil {
			return err
		}
	}
	err := t.change("DELETE FROM organization WHERE id = ? AND parent_id IS NOT NULL", id)
	if isConstraint(err, "FOREIGN KEY") {
		return fmt.Errorf("%w: organization in use: %w", data.ErrWrongState, err)
	}
	return err
}
