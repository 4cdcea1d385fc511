package data

import (
	"slices"
	"strings"
)

// Actions by which trainees are changed outside of imports; the schema knows them too.
const (
	ChangeEdit         = "edit"         // one person's form
	ChangeStatus       = "status"       // 启用, 停用
	ChangeMove         = "move"         // 调整组织机构
	ChangeOrganization = "organization" // the organisation was merged into another
	ChangeMerge        = "merge"        // 合并学员
)

// TraineeChange is one act that changed trainees outside of imports. Its key takes it back.
type TraineeChange struct {
	ID       int64 // 0: nobody was changed
	Action   string
	At       Moment
	User     string
	People   int // how many were changed
	UndoneAt Moment
	UndoneBy string
}

// EventKind sorts the events of a trainee's history.
type EventKind string

const (
	EventAdded    EventKind = "added"    // by hand or by an import
	EventChanged  EventKind = "changed"  // by hand, in a group or by an import
	EventUndone   EventKind = "undone"   // an import or a change was taken back
	EventMerged   EventKind = "merged"   // with another record of the same person
	EventReset    EventKind = "reset"    // 重置密码, asked for or done
	EventRecharge EventKind = "recharge" // money in
	EventReversal EventKind = "reversal" // money taken back (冲正)
	EventHours    EventKind = "hours"    // offline hours
	EventSeen     EventKind = "seen"     // somebody looked at the whole numbers
)

// TraineeEvent is one line of a trainee's history. Identity numbers and mobiles in Changes are masked.
type TraineeEvent struct {
	At       Moment
	User     string
	Kind     EventKind
	Title    string
	Note     string
	Changes  []Change
	ChangeID int64 // what UndoTraineeChange takes back; 0 where it cannot or has been
}

// HiddenDigits tells that two numbers differ only in digits that a mask hides.
const HiddenDigits = "（中间几位不同）"

// ShownChanges writes changes for people: organisations by path, personal numbers by mask, and nothing that no person changed.
func ShownChanges(changes []FieldChange, tree OrganizationTree, mask func(field, value string) string) []Change {
	var shown []Change
	for _, change := range changes {
		label := traineeLabel(change.Field)
		if change.Field == fieldUpdatedAt || change.Field == "username" && sameAsNumber(changes, change) {
			continue
		}
		one := Change{Field: change.Field, Label: label, Old: shownValue(change.Field, change.Old, tree, mask), New: shownValue(change.Field, change.New, tree, mask)}
		if one.Old == one.New {
			one.New += HiddenDigits
		}
		shown = append(shown, one)
	}
	return shown
}

// sameAsNumber tells whether a username only follows the identity number.
func sameAsNumber(changes []FieldChange, username FieldChange) bool {
	return slices.ContainsFunc(changes, func(c FieldChange) bool {
		return c.Field == fieldID && c.Old == username.Old && c.New == username.New
	})
}

func traineeLabel(key string) string {
	if header, ok := strings.CutPrefix(key, extraPrefix); ok {
		return header
	}
	for _, one := range undoneTraineeFields {
		if one.key == key {
			return one.label
		}
	}
	return key
}

func shownValue(key, value string, tree OrganizationTree, mask func(field, value string) string) string {
	if key != "organization" && key != "payer" {
		return mask(key, value)
	}
	if value == "0" {
		return ""
	}
	if o, ok := tree.Get(keyOf(value)); ok {
		return o.Path
	}
	return "（已删除的机构）"
}
