package app

import (
	"context"
	"fmt"

	"peixun/data"
	"peixun/data/sqlite"
)

// Duplicates groups stored people who may be one person, the surest first, leaving out pairs that MarkDistinct named.
func (a *App) Duplicates(ctx context.Context, progress Progress) ([]data.DuplicateGroup, error) {
	return query(a, ctx, func(tx *sqlite.Tx) ([]data.DuplicateGroup, error) {
		total, err := tx.CountTrainees()
		if err != nil {
			return nil, err
		}
		people := make([]data.Person, 0, total)
		err = tx.EachPerson(func(p data.Person) error {
			people = append(people, p)
			return step(ctx, progress, len(people), total)
		})
		if err != nil {
			return nil, err
		}
		distinct, err := tx.Distinct()
		if err != nil {
			return nil, err
		}
		return data.FindDuplicates(people, func(a, b int64) bool { return distinct[[2]int64{min(a, b), max(a, b)}] }), nil
	})
}

// MarkDistinct remembers that people are different ones (不是同一人), each of them from each other; Duplicates names them no more.
func (a *App) MarkDistinct(ctx context.Context, ids []int64) error {
	return a.eachPair(ctx, ids, "trainee.distinct", "标记为不是同一人", func(tx *sqlite.Tx, user string, one, other int64) error {
		return tx.MarkDistinct(one, other, user, a.Now())
	})
}

// ForgetDistinct takes MarkDistinct back.
func (a *App) ForgetDistinct(ctx context.Context, ids []int64) error {
	return a.eachPair(ctx, ids, "trainee.distinct", "取消“不是同一人”", func(tx *sqlite.Tx, _ string, one, other int64) error {
		return tx.ForgetDistinct(one, other)
	})
}

func (a *App) eachPair(ctx context.Context, ids []int64, action, what string, each func(tx *sqlite.Tx, user string, one, other int64) error) error {
	return a.write(ctx, func(tx *sqlite.Tx, user string) error {
		for place, one := range ids {
			for _, other := range ids[place+1:] {
				if one == other {
					continue
				}
				if err := each(tx, user, one, other); err != nil {
					return err
				}
			}
		}
		return a.log(tx, user, action, "学员", fmt.Sprintf("%s：%s", what, targets(ids)))
	}, TraineesChanged)
}

// targets names people as 操作日志 does.
func targets(ids []int64) string {
	text := ""
	for place, id := range ids {
		if place > 0 {
			text += "、"
		}
		text += traineeTarget(id)
	}
	return text
}
