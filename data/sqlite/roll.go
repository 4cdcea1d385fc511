package sqlite

import "peixun/data"

// Roll lists everybody by spelling, for picking people by hand. Disabled people come last.
func (t *Tx) Roll() ([]data.RollEntry, error) {
	var roll []data.RollEntry
	err := t.each(`SELECT p.id, p.name, p.pinyin, p.initials, o.path, p.status = '停用' FROM trainee p JOIN organization o ON o.id = p.organization_id
		ORDER BY p.status = '停用', p.pinyin, p.id`, nil, func(scan func(...any) error) error {
		var r data.RollEntry
		err := scan(&r.ID, &r.Name, &r.Spelling, &r.Initials, &r.Organization, &r.Disabled)
		roll = append(roll, r)
		return err
	})
	return roll, err
}
