package data

import "maps"

// MergeRequest says which records of one person become one, and whose values it has.
type MergeRequest struct {
	Keep int64   // the record that stays, with its key
	Drop []int64 // those that become part of it
	// Take says by the key of a MergeField whose value counts; a field that is missing here is Keep's, or where that is blank the
	// first one's who has a value.
	Take map[string]int64
}

// Everybody lists the request's people, the one who stays first.
func (r MergeRequest) Everybody() []int64 { return append([]int64{r.Keep}, r.Drop...) }

// MergeField is a line of the choice what a merged person is.
type MergeField struct {
	Key    string
	Label  string
	Values []string // for each of the people, as shown
	Taken  int      // whose value counts, by the place in Values
}

// Differs tells whether there is something to choose.
func (f MergeField) Differs() bool {
	for _, value := range f.Values {
		if value != f.Values[0] {
			return true
		}
	}
	return false
}

// MergePreview is what a merge would do.
type MergePreview struct {
	People  []TraineeRow // the one who stays first
	Fields  []MergeField
	Balance Money      // the balance afterwards
	Moved   Money      // what comes from the other records
	Hours   int        // records of offline hours that come along
	Twice   []string   // titles of trainings that are recorded for both; the record of who stays counts
	Paid    []PlanPaid // plans for which more than one of them was recharged
}

// PlanPaid is a plan that was recharged for more than once.
type PlanPaid struct {
	Plan   string
	Amount Money // in all
	Times  int
}

// MergeResult is what a merge did.
type MergeResult struct {
	ChangeID int64 // by which UndoTraineeChange takes it back
	Hours    int   // records of offline hours that moved
	Moved    Money // what moved to the one who stays
}

// fieldNumber is the merge's field that brings the document's type, the sex and the birth along, and what the platform knows by it.
const fieldNumber = fieldID

// mergeKeys are the fields that are chosen, in the form's order.
var mergeKeys = []string{fieldName, fieldNumber, "mobile", "organization", "payer", "category", "title_series", "title_name", "title_level",
	"education", "email", "username", "staff_number", "status", "remark"}

// MergeFields lists what is to choose between people, the one who stays first. tree names the organisations, mask hides numbers.
func MergeFields(people []Trainee, take map[string]int64, tree OrganizationTree, mask func(field, value string) string) []MergeField {
	var fields []MergeField
	for _, key := range mergeKeys {
		field := MergeField{Key: key, Label: traineeLabel(key), Taken: taken(people, take, key)}
		for place := range people {
			value := shownValue(key, mergeValue(&people[place], key), tree, mask)
			if key == fieldNumber && people[place].DocumentType != DocumentResidentID {
				value += "（" + string(people[place].DocumentType) + "）"
			}
			field.Values = append(field.Values, value)
		}
		fields = append(fields, field)
	}
	return fields
}

// mergeValue gives a field's text; a username that is only the identity number is none of its own.
func mergeValue(t *Trainee, key string) string {
	if key == "username" && t.Username == t.IDNumber {
		return ""
	}
	for _, one := range undoneTraineeFields {
		if one.key == key {
			return one.get(t)
		}
	}
	return ""
}

// taken tells whose value of a field counts.
func taken(people []Trainee, take map[string]int64, key string) int {
	first := 0
	for place := len(people) - 1; place >= 0; place-- {
		if value := mergeValue(&people[place], key); value != "" && value != "0" {
			first = place
		}
		if take[key] == people[place].ID {
			return place
		}
	}
	return first
}

// MergePeople gives the person that people become, the one who stays first.
func MergePeople(people []Trainee, take map[string]int64) Trainee {
	merged := people[0]
	owner := people[taken(people, take, fieldNumber)]
	merged.DocumentType, merged.IDNumber, merged.Sex, merged.Birth = owner.DocumentType, owner.IDNumber, owner.Sex, owner.Birth
	merged.Platform, merged.PlatformReason = owner.Platform, owner.PlatformReason
	for _, key := range mergeKeys {
		if key == fieldNumber {
			continue
		}
		from := people[taken(people, take, key)]
		for _, one := range undoneTraineeFields {
			if one.key == key {
				one.set(&merged, mergeValue(&from, key))
			}
		}
	}
	if merged.Username == "" {
		merged.Username = merged.IDNumber
	}
	merged.Extra = nil
	for place := len(people) - 1; place >= 0; place-- {
		if len(people[place].Extra) > 0 && merged.Extra == nil {
			merged.Extra = map[string]string{}
		}
		maps.Copy(merged.Extra, people[place].Extra)
	}
	return Correct(owner, merged)
}
