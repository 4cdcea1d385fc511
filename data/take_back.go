package data

import (
	"maps"
	"slices"
	"strconv"
	"strings"
)

// FieldChange is what one field of a stored record was and what an import wrote there, as texts.
type FieldChange struct{ Field, Old, New string }

// field reads and writes one field of a record as a text.
type field[T any] struct {
	key, label string
	get        func(*T) string
	set        func(*T, string)
}

func textField[T any](form Form, key string, of func(*T) *string) field[T] {
	label := key
	if column := form.Column(key); column >= 0 {
		label = form.Columns[column].Header
	}
	return labelled(key, label, of)
}

// labelled is a text field with its own words.
func labelled[T any](key, label string, of func(*T) *string) field[T] {
	return field[T]{key, label, func(r *T) string { return *of(r) }, func(r *T, text string) { *of(r) = text }}
}

func keyField[T any](form Form, key string, of func(*T) *int64) field[T] {
	return field[T]{key, form.Columns[form.Column(key)].Header, func(r *T) string { return strconv.FormatInt(*of(r), 10) },
		func(r *T, text string) { *of(r) = keyOf(text) }}
}

// keyOf reads a record's key as keyField writes one; 0 is none.
func keyOf(text string) int64 {
	key, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return 0
	}
	return key
}

const fieldUpdatedAt = "updated_at"

// undoneTraineeFields are all that an import or a person may write into a stored trainee; extra columns come apart.
var undoneTraineeFields = func() []field[Trainee] {
	fields := []field[Trainee]{
		textField(TraineeForm, fieldName, func(t *Trainee) *string { return &t.Name }),
		keyField(TraineeForm, "organization", func(t *Trainee) *int64 { return &t.OrganizationID }),
		keyField(TraineeForm, "payer", func(t *Trainee) *int64 { return &t.PayerID }),
		textField(TraineeForm, fieldID, func(t *Trainee) *string { return &t.IDNumber }),
		labelled("status", "状态", func(t *Trainee) *string { return (*string)(&t.Status) }),
		labelled("platform", "平台状态", func(t *Trainee) *string { return (*string)(&t.Platform) }),
		labelled("platform_reason", "平台意见", func(t *Trainee) *string { return &t.PlatformReason }),
		labelled(fieldUpdatedAt, "更新时间", func(t *Trainee) *string { return (*string)(&t.UpdatedAt) }),
	}
	for _, one := range traineeFields {
		fields = append(fields, textField(TraineeForm, one.key, one.of))
	}
	return fields
}()

// undoneHoursFields are all that an import may write into a stored record of offline hours.
var undoneHoursFields = func() []field[OfflineHours] {
	fields := []field[OfflineHours]{keyField(HoursForm, "hours", func(h *OfflineHours) *int64 { return (*int64)(&h.Hours) })}
	for _, one := range hoursFields {
		fields = append(fields, textField(HoursForm, one.key, one.of))
	}
	return fields
}()

// extraPrefix marks a FieldChange of a column that the form does not know.
const extraPrefix = "extra:"

// TraineeChanges lists what differs between two states of a trainee.
func TraineeChanges(before, after Trainee) []FieldChange {
	return differences(undoneTraineeFields, &before, &after, before.Extra, after.Extra)
}

// HoursChanges lists what differs between two states of a record.
func HoursChanges(before, after OfflineHours) []FieldChange {
	return differences(undoneHoursFields, &before, &after, before.Extra, after.Extra)
}

// HoursText gives one of a record's values by column key, as an import would read it; "" for a column that is not the record's own.
func HoursText(h OfflineHours, key string) string {
	switch key {
	case "title":
		return h.Title
	case "starts_on":
		return string(h.StartsOn)
	case "ends_on":
		return string(h.EndsOn)
	case "hours":
		return h.Hours.String()
	}
	for _, one := range hoursFields {
		if one.key == key {
			return *one.of(&h)
		}
	}
	return ""
}

// SameHours tells whether two states of a record say the same.
func SameHours(one, other OfflineHours) bool {
	return keyOfHours(one) == keyOfHours(other) && len(HoursChanges(one, other)) == 0
}

func differences[T any](fields []field[T], before, after *T, extraBefore, extraAfter map[string]string) []FieldChange {
	var changes []FieldChange
	for _, one := range fields {
		if old, fresh := one.get(before), one.get(after); old != fresh {
			changes = append(changes, FieldChange{one.key, old, fresh})
		}
	}
	headers := maps.Clone(extraBefore)
	if headers == nil {
		headers = map[string]string{}
	}
	maps.Copy(headers, extraAfter)
	for _, header := range slices.Sorted(maps.Keys(headers)) {
		if old, fresh := extraBefore[header], extraAfter[header]; old != fresh {
			changes = append(changes, FieldChange{extraPrefix + header, old, fresh})
		}
	}
	return changes
}

// TakeBackTrainee gives a trainee the old values back where the new ones still stand. kept names the fields that were changed since.
func TakeBackTrainee(current Trainee, changes []FieldChange) (restored Trainee, kept []string) {
	restored = current
	restored.Extra, kept = takeBack(undoneTraineeFields, &restored, current.Extra, changes)
	return restored, kept
}

// TakeBackHours is TakeBackTrainee for a record of offline hours.
func TakeBackHours(current OfflineHours, changes []FieldChange) (restored OfflineHours, kept []string) {
	restored = current
	restored.Extra, kept = takeBack(undoneHoursFields, &restored, current.Extra, changes)
	return restored, kept
}

func takeBack[T any](fields []field[T], record *T, extra map[string]string, changes []FieldChange) (map[string]string, []string) {
	var kept []string
	extra = maps.Clone(extra)
	for _, change := range changes {
		if header, ok := strings.CutPrefix(change.Field, extraPrefix); ok {
			switch {
			case extra[header] != change.New:
				kept = append(kept, header)
			case change.Old == "":
				delete(extra, header)
			default:
				extra[header] = change.Old
			}
			continue
		}
		place := slices.IndexFunc(fields, func(f field[T]) bool { return f.key == change.Field })
		switch {
		case place < 0:
		case fields[place].get(record) == change.New:
			fields[place].set(record, change.Old)
		case change.Field != fieldUpdatedAt:
			kept = append(kept, fields[place].label)
		}
	}
	if len(extra) == 0 {
		extra = nil
	}
	return extra, kept
}
