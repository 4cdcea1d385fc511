package sqlite

import (
	"database/sql/driver"
	"encoding/binary"
	"errors"
	"fmt"
	"runtime"
	"sync"

	sqlitedriver "modernc.org/sqlite"

	"peixun/data"
	"peixun/data/search"
)

func init() {
	for name, spell := range map[string]func(whole, initials string) string{
		"name_pinyin":   func(whole, _ string) string { return whole },
		"name_initials": func(_, initials string) string { return initials },
	} {
		sqlitedriver.MustRegisterDeterministicScalarFunction(name, 1, func(_ *sqlitedriver.FunctionContext, arguments []driver.Value) (driver.Value, error) {
			name, _ := arguments[0].(string)
			return spell(search.SpellName(name)), nil
		})
	}
}

// directory keeps the store's index of people while it is unlocked. Readers bring it up to date, one at a time.
type directory struct {
	following sync.Mutex // held while an index is made

	mutex      sync.Mutex
	generation int           // of the vault: rises with every locking and unlocking
	index      *search.Index // nil: nothing is known yet
	state      rosterState
}

// forget drops what the directory knows, and what is being found out by those who still hold the old vault.
func (d *directory) forget() {
	d.mutex.Lock()
	defer d.mutex.Unlock()
	d.index, d.state = nil, rosterState{}
	d.generation++
}

func (d *directory) current() (*search.Index, rosterState, int) {
	d.mutex.Lock()
	defer d.mutex.Unlock()
	return d.index, d.state, d.generation
}

func (d *directory) keep(index *search.Index, state rosterState, generation int) {
	d.mutex.Lock()
	defer d.mutex.Unlock()
	if d.generation == generation {
		d.index, d.state = index, state
	}
}

// rosterState tells how far an index knows the store; each number only rises.
type rosterState struct {
	newest  int64 // trainee
	touched int64 // line of trainee_touched
	entry   int64 // of the ledger
	version int64 // of organisations, as previews see it
}

// touchedLines is how many lines of trainee_touched stay at least (0003_people.sql).
const touchedLines = 20_000

func (t *Tx) rosterState() (rosterState, error) {
	var s rosterState
	err := t.one(`SELECT coalesce((SELECT max(id) FROM trainee), 0), coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'trainee_touched'), 0),
		coalesce((SELECT max(id) FROM recharge_entry), 0)`, nil, &s.newest, &s.touched, &s.entry)
	if err != nil {
		return s, err
	}
	s.version, err = t.RosterVersion()
	return s, err
}

// FollowPeople brings the index in memory up to date, so that the next search need not.
func (t *Tx) FollowPeople() error {
	_, err := t.people()
	return err
}

// people gives the index as this transaction sees the store. What a writer sees is not stored yet and stays its own.
func (t *Tx) people() (*search.Index, error) {
	if t.vault == nil {
		return nil, data.ErrLocked
	}
	state, err := t.rosterState()
	if err != nil {
		return nil, err
	}
	d := t.directory
	if index, known, _ := d.current(); index != nil && known == state {
		return index, nil
	}
	d.following.Lock()
	defer d.following.Unlock()
	index, known, _ := d.current()
	if index != nil && known == state {
		return index, nil
	}
	if index, err = t.follow(index, known, state); err == nil && !t.writing {
		d.keep(index, state, t.generation)
	}
	return index, err
}

// follow brings an index from one state of the store to another.
func (t *Tx) follow(index *search.Index, from, to rosterState) (*search.Index, error) {
	if index == nil || to.touched-from.touched > touchedLines || to.newest < from.newest || to.touched < from.touched || to.entry < from.entry {
		index, from = &search.Index{}, rosterState{}
	}
	var err error
	if to.newest != from.newest || to.touched != from.touched || to.version != from.version || index.Len() == 0 {
		if index, err = t.followPeople(index, from); err != nil {
			return nil, err
		}
		if from == (rosterState{}) {
			return t.followLedger(index, 0)
		}
	}
	if to.entry == from.entry {
		return index, nil
	}
	return t.followLedger(index, from.entry)
}

func (t *Tx) followPeople(index *search.Index, from rosterState) (*search.Index, error) {
	touched := map[int64]bool{}
	if from.touched > 0 || from.newest > 0 {
		ids, err := t.ids("SELECT DISTINCT trainee_id FROM trainee_touched WHERE id > ?", from.touched)
		if err != nil {
			return nil, err
		}
		for _, id := range ids {
			touched[id] = true
		}
	}
	changed, err := t.persons("p.id > ?", from.newest)
	if err != nil {
		return nil, err
	}
	var gone []int64
	for id := range touched {
		if id > from.newest {
			continue
		}
		person, err := t.persons("p.id = ?", id)
		if err != nil {
			return nil, err
		}
		if len(person) == 0 {
			gone = append(gone, id)
		}
		changed = append(changed, person...)
	}
	organizations, err := t.organizations("0")
	if err != nil {
		return nil, err
	}
	return index.With(changed, gone, organizations), nil
}

func (t *Tx) followLedger(index *search.Index, from int64) (*search.Index, error) {
	amounts := map[int64]data.Money{}
	err := t.each("SELECT trainee_id, sum(amount) FROM recharge_entry WHERE id > ? GROUP BY trainee_id", []any{from}, func(scan func(...any) error) error {
		var id int64
		var amount data.Money
		err := scan(&id, &amount)
		amounts[id] = amount
		return err
	})
	if err != nil || len(amounts) == 0 {
		return index, err
	}
	return index.Charged(amounts), nil
}

// sealedPerson is a person whose numbers are still sealed.
type sealedPerson struct {
	search.Person
	idNumber, mobile []byte
}

// persons reads what the index takes in of the people who fit a condition.
func (t *Tx) persons(condition string, argument any) ([]search.Person, error) {
	var read []sealedPerson
	err := t.each(`SELECT p.id, p.name, coalesce(p.username, ''), p.staff_number, p.id_index, p.sealed_id_number, p.sealed_mobile, p.organization_id, coalesce(p.payer_id, 0), p.status
		FROM trainee p WHERE p.merged_into IS NULL AND `+condition, []any{argument}, func(scan func(...any) error) error {
		var p sealedPerson
		var key []byte
		err := scan(&p.ID, &p.Name, &p.Username, &p.StaffNumber, &key, &p.idNumber, &p.mobile, &p.OrganizationID, &p.PayerID, &p.Status)
		if err == nil {
			p.IDKey = shortKey(key)
		}
		read = append(read, p)
		return err
	})
	if err != nil {
		return nil, err
	}
	return t.opened(read)
}

// opened opens people's numbers, on all processors.
func (t *Tx) opened(read []sealedPerson) ([]search.Person, error) {
	people := make([]search.Person, len(read))
	workers := min(runtime.GOMAXPROCS(0), len(read))
	failures := make([]error, workers)
	var group sync.WaitGroup
	for worker := range workers {
		group.Go(func() {
			for place := worker; place < len(read) && failures[worker] == nil; place += workers {
				people[place], failures[worker] = t.openPerson(&read[place])
			}
		})
	}
	group.Wait()
	for _, err := range failures {
		if err != nil {
			return nil, fmt.Errorf("read people: %w", err)
		}
	}
	return people, nil
}

// openPerson opens a person's numbers. One that is damaged is found by nothing; showing it tells.
func (t *Tx) openPerson(p *sealedPerson) (search.Person, error) {
	for _, number := range []struct {
		into   *string
		sealed []byte
		column string
	}{{&p.IDNumber, p.idNumber, "id_number"}, {&p.Mobile, p.mobile, "mobile"}} {
		var err error
		if *number.into, err = t.open(number.sealed, "trainee", p.ID, number.column); err != nil && !errors.Is(err, data.ErrDamaged) {
			return p.Person, err
		}
	}
	if len(p.mobile) > 0 {
		p.MobileKey = t.numberKey("mobile", p.Mobile)
	}
	return p.Person, nil
}

// numberKey is the search.Hash: the beginning of the lookup hash.
func (t *Tx) numberKey(field, value string) uint64 { return shortKey(t.vault.Index(field, value)) }

func shortKey(hash []byte) uint64 {
	var key [8]byte
	copy(key[:], hash)
	return binary.BigEndian.Uint64(key[:])
}
