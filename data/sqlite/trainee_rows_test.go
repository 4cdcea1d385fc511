package sqlite_test

import (
	"errors"
	"slices"
	"testing"

	"peixun/data"
	"peixun/data/datatest"
	"peixun/data/sqlite"
)

// crowd makes so many people with every field filled.
func crowd(count int) []*data.Trainee {
	people := make([]*data.Trainee, count)
	for n := range people {
		p := datatest.Trainee(func(p *data.Trainee) {
			p.Name, p.IDNumber, p.Mobile, p.Birth, p.Email = datatest.Name(n), datatest.IDNumber(n), datatest.Mobile(n), "1990-03-07", "a@example.org"
			p.Remark, p.Extra, p.StaffNumber, p.CreatedAt, p.UpdatedAt = "备注", map[string]string{"籍贯": "北京"}, "A7", "2022-06-17 13:02:11", "2022-06-17 13:02:11"
		})
		p.Username = p.IDNumber
		people[n] = &p
	}
	return people
}

func TestAddTraineesStoresAllWithKeysThatFollowEachOther(t *testing.T) {
	store := datatest.Store(t)
	people := crowd(1000)
	last := 0
	datatest.Write(t, store, func(tx *sqlite.Tx) error {
		return tx.AddTrainees(people, func(count int) error { last = count; return nil })
	})
	stored := datatest.Read(t, store, func(tx *sqlite.Tx) ([]data.Trainee, error) {
		var found []data.Trainee
		return found, tx.EachTrainee(func(p data.Trainee) error { found = append(found, p); return nil })
	})
	if last != len(people) || len(stored) != len(people) {
		t.Fatalf("%d stored, %d told", len(stored), last)
	}
	for place, p := range stored {
		if p.ID != int64(place+1) || p.ID != people[place].ID || !equalTrainees(p, *people[place]) || p.CreatedAt != people[place].CreatedAt {
			t.Fatalf("stored %+v, given %+v", p, *people[place])
		}
	}
}

func TestAddTraineesStoresAllOrNobody(t *testing.T) {
	stop := errors.New("stop")
	for name, c := range map[string]struct {
		change func(people []*data.Trainee)
		stored func(count int) error
		want   func(err error) bool
	}{
		"an identity number twice": {func(people []*data.Trainee) { people[700].IDNumber = people[3].IDNumber }, nil, hasCode("id-exists")},
		"a username twice":         {func(people []*data.Trainee) { people[700].Username, people[3].Username = "wang", "wang" }, nil, hasCode("username-exists")},
		"nobody's organisation":    {func(people []*data.Trainee) { people[700].OrganizationID = 77 }, nil, func(err error) bool { return err != nil }},
		"an end from outside": {nil, func(count int) error {
			if count == 600 {
				return stop
			}
			return nil
		}, func(err error) bool { return errors.Is(err, stop) }},
	} {
		t.Run(name, func(t *testing.T) {
			store := datatest.Store(t)
			people := crowd(1000)
			if c.change != nil {
				c.change(people)
			}
			if c.stored == nil {
				c.stored = func(int) error { return nil }
			}
			err := store.Write(ctx, func(tx *sqlite.Tx) error { return tx.AddTrainees(people, c.stored) })
			if !c.want(err) {
				t.Errorf("err = %v", err)
			}
			if count := datatest.Read(t, store, (*sqlite.Tx).CountTrainees); count != 0 {
				t.Errorf("%d people stayed", count)
			}
			datatest.AddTrainees(t, store, *people[0]) // the writer is free again
		})
	}
}

func hasCode(code string) func(error) bool {
	return func(err error) bool {
		problem, ok := data.AsProblem(err)
		return ok && problem.Code == code
	}
}

// TestSeveralStoresAreFilledAtOnce keeps the feeds of different databases apart.
func TestSeveralStoresAreFilledAtOnce(t *testing.T) {
	done := make(chan []data.Trainee, 4)
	for n := range cap(done) {
		store := datatest.Store(t)
		go func() {
			people := crowd(100 * (n + 1))[100*n:]
			err := store.Write(ctx, func(tx *sqlite.Tx) error { return tx.AddTrainees(people, func(int) error { return nil }) })
			var found []data.Trainee
			read := store.Read(ctx, func(tx *sqlite.Tx) error {
				return tx.EachTrainee(func(p data.Trainee) error { found = append(found, p); return nil })
			})
			if err != nil || read != nil || found[0].IDNumber != people[0].IDNumber {
				found = nil
			}
			done <- found
		}()
	}
	for range cap(done) {
		if found := <-done; len(found) != 100 || !slices.IsSortedFunc(found, func(a, b data.Trainee) int { return int(a.ID - b.ID) }) {
			t.Errorf("%d people, or another store's", len(found))
		}
	}
}
