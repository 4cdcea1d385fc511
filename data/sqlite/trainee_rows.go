package sqlite

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"peixun/data"
	"peixun/data/search"
)

// traineeWritten are the columns of a stored trainee, in the order of traineeValues: the key first, what is written only once last.
const traineeWritten = `id, username, name, pinyin, initials, document_type, sealed_id_number, id_index, sex, sealed_birth, sealed_mobile, organization_id, payer_id, category, title_series, title_name, title_level, education, staff_number,
	sealed_email, sealed_remark, sealed_extra, status, platform, platform_reason, updated_at, created_at`

var (
	traineeWidth  = strings.Count(traineeWritten, ",") + 1
	traineeInsert = "INSERT INTO trainee (" + traineeWritten + ") VALUES (" + placeholders(traineeWidth) + ")"
	traineeUpdate = "UPDATE trainee SET (" + strings.TrimSuffix(strings.TrimPrefix(traineeWritten, "id, "), ", created_at") + ") = (" +
		placeholders(traineeWidth-2) + ") WHERE id = ?"
)

// traineeValues appends what a trainee's row holds. It is safe for concurrent use.
func (t *Tx) traineeValues(row []driver.Value, p *data.Trainee) ([]driver.Value, error) {
	if t.vault == nil {
		return nil, data.ErrLocked
	}
	extra := ""
	if len(p.Extra) > 0 {
		text, err := json.Marshal(p.Extra)
		if err != nil {
			return nil, err
		}
		extra = string(text)
	}
	sealed := func(plain, column string) driver.Value {
		if plain == "" {
			return nil
		}
		return t.vault.Seal([]byte(plain), identity("trainee", p.ID, column))
	}
	whole, initials := search.SpellName(p.Name)
	return append(row, p.ID, storedUsername(p), p.Name, whole, initials, string(p.DocumentType), sealed(p.IDNumber, "id_number"),
		t.vault.Index("id_number", p.IDNumber), p.Sex, sealed(string(p.Birth), "birth"), sealed(p.Mobile, "mobile"), p.OrganizationID, nullable(p.PayerID),
		p.Category, p.TitleSeries, p.TitleName, p.TitleLevel, p.Education, p.StaffNumber,
		sealed(p.Email, "email"), sealed(p.Remark, "remark"), sealed(extra, "extra"),
		string(p.Status), string(p.Platform), p.PlatformReason, string(p.UpdatedAt), string(p.CreatedAt)), nil
}

// storedUsername is NULL where the username is the identity number, which must not stand in the clear.
func storedUsername(p *data.Trainee) driver.Value {
	if p.Username == "" || p.Username == p.IDNumber {
		return nil
	}
	return p.Username
}

// AddTrainee stores a new trainee and gives the key.
func (t *Tx) AddTrainee(p data.Trainee) (int64, error) {
	var err error
	if p.ID, err = t.Next("trainee"); err != nil {
		return 0, err
	}
	row, err := t.traineeValues(nil, &p)
	if err != nil {
		return 0, err
	}
	_, err = t.exec(traineeInsert, anyValues(row)...)
	return p.ID, uniqueTrainee(err)
}

// SaveTrainee stores every field of a trainee that is there already.
func (t *Tx) SaveTrainee(p data.Trainee) error {
	row, err := t.traineeValues(nil, &p)
	if err != nil {
		return err
	}
	return uniqueTrainee(t.change(traineeUpdate, append(anyValues(row[1:traineeWidth-1]), p.ID)...))
}

func anyValues(row []driver.Value) []any {
	values := make([]any, len(row))
	for place, value := range row {
		values[place] = value
	}
	return values
}

// sealedPart is how many rows are sealed at a time, and sealedAhead how many such parts may wait for SQLite.
const (
	sealedPart  = 128
	sealedAhead = 4
)

// AddTrainees stores new trainees and gives them their keys, which follow each other. stored is told how many SQLite has taken, and
// ends the work with an error. Other processors seal the next rows while this one stores.
func (t *Tx) AddTrainees(people []*data.Trainee, stored func(count int) error) error {
	if len(people) == 0 {
		return nil
	}
	for _, p := range people {
		id, err := t.Next("trainee")
		if err != nil {
			return err
		}
		p.ID = id
	}
	stop := make(chan struct{})
	defer close(stop)
	rows := sealedRows{parts: t.sealParts(people, stop), stored: stored}
	return uniqueTrainee(t.insertAll("trainee ("+traineeWritten+")", traineeWidth, rows.next))
}

type sealed struct {
	values []driver.Value // of all its rows, one behind the other
	err    error
}

// sealParts seals people, some parts ahead of whoever takes them, in order.
func (t *Tx) sealParts(people []*data.Trainee, stop <-chan struct{}) <-chan chan sealed {
	parts := make(chan chan sealed, sealedAhead)
	go func() {
		defer close(parts)
		for from := 0; from < len(people); from += sealedPart {
			part := make(chan sealed, 1)
			select {
			case parts <- part:
			case <-stop:
				return
			}
			go func(people []*data.Trainee) {
				done := sealed{values: make([]driver.Value, 0, len(people)*traineeWidth)}
				for _, p := range people {
					if done.values, done.err = t.traineeValues(done.values, p); done.err != nil {
						break
					}
				}
				part <- done
			}(people[from:min(from+sealedPart, len(people))])
		}
	}()
	return parts
}

// sealedRows hands out the parts' rows one by one.
type sealedRows struct {
	parts  <-chan chan sealed
	stored func(int) error
	rest   []driver.Value // of the part in hand
	count  int
}

func (r *sealedRows) next() ([]driver.Value, error) {
	if err := r.stored(r.count); err != nil {
		return nil, err
	}
	if len(r.rest) == 0 {
		part, more := <-r.parts
		if !more {
			return nil, io.EOF
		}
		done := <-part
		if done.err != nil {
			return nil, fmt.Errorf("seal row %d: %w", r.count+1, done.err)
		}
		r.rest = done.values
	}
	row := r.rest[:traineeWidth]
	r.rest = r.rest[traineeWidth:]
	r.count++
	return row, nil
}
