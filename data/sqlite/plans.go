package sqlite

import (
	"fmt"

	"peixun/data"
)

const planColumns = "id, number, name, publisher, measure, target, year, starts_at, ends_at, modifiable, price"

func scanPlan(scan func(...any) error) (data.Plan, error) {
	var p data.Plan
	err := scan(&p.ID, &p.Number, &p.Name, &p.Publisher, &p.Measure, &p.Target, &p.Year, &p.StartsAt, &p.EndsAt, &p.Modifiable, &p.Price)
	return p, err
}

// Plans lists all plans, the newest year first.
func (t *Tx) Plans() ([]data.Plan, error) {
	var found []data.Plan
	err := t.each("SELECT "+planColumns+" FROM plan ORDER BY year DESC, number DESC", nil, func(scan func(...any) error) error {
		p, err := scanPlan(scan)
		found = append(found, p)
		return err
	})
	return found, err
}

// SavePlan stores a plan, a new one where ID is 0, and gives the key.
func (t *Tx) SavePlan(p data.Plan) (int64, error) {
	query := `UPDATE plan SET number = ?, name = ?, publisher = ?, measure = ?, target = ?, year = ?, starts_at = ?, ends_at = ?, modifiable = ?, price = ? WHERE id = ?`
	if p.ID == 0 {
		id, err := t.Next("plan")
		if err != nil {
			return 0, err
		}
		p.ID = id
		query = `INSERT INTO plan (number, name, publisher, measure, target, year, starts_at, ends_at, modifiable, price, id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
	}
	err := t.change(query, p.Number, p.Name, p.Publisher, p.Measure, int64(p.Target), p.Year, string(p.StartsAt), string(p.EndsAt), p.Modifiable, int64(p.Price), p.ID)
	if isConstraint(err, "UNIQUE") {
		return 0, data.Refuse("plan-exists", "number", fmt.Sprintf("计划编号 %s 已经有了。", p.Number), "请核对编号，或直接修改那个计划。").Because(err)
	}
	return p.ID, err
}
