package data

import (
	"fmt"
	"maps"
	"slices"
)

// Roster knows everybody who is stored or was met earlier in the same file, and judges rows against them.
type Roster struct {
	Tree                OrganizationTree
	CreateOrganizations bool  // unknown organisations will be made instead of refused
	DefaultOrganization int64 // where a new person without an organisation goes; 0: the root

	people    *People
	usernames map[string]string   // identity number by username, as this file leaves them
	persons   map[namesake]string // identity number by name and birth, likewise
	met       map[string]met      // by identity number: rows of this file
	decided   *decisions          // what a person decided in the preview; nil: nothing
	preferred map[string]met      // by identity number: the row of this file that a person chose
	promised  *promised           // organisations that this file makes by their paths; nil: none
}

type met struct {
	name string
	row  int
}

// NewRoster starts with the organisations; Know adds the people who are stored.
func NewRoster(tree OrganizationTree) *Roster {
	return &Roster{Tree: tree, people: NewPeople(0), usernames: map[string]string{}, persons: map[namesake]string{}, met: map[string]met{}}
}

// Know adds a stored trainee.
func (r *Roster) Know(t Trainee) { r.people.Add(t) }

// KnowAlias adds the identity number of a record that was merged into somebody who is known.
func (r *Roster) KnowAlias(number string, id int64) { r.people.AddAlias(number, id) }

// owner gives the identity number of whoever has a username, in this file or in the store.
func (r *Roster) owner(username string) (string, bool) {
	if number, ok := r.usernames[username]; ok {
		return number, true
	}
	return r.people.owner(username)
}

// namesake gives the identity number of whoever has a name and day of birth, in this file or in the store.
func (r *Roster) namesake(key namesake) (string, bool) {
	if number, ok := r.persons[key]; ok {
		return number, true
	}
	number, ok := r.people.persons[key]
	return number, ok
}

// namesake is what two records of one person have in common even where a number was mistyped.
type namesake struct {
	name  string
	birth Date
}

func namesakeOf(t *Trainee) namesake { return namesake{t.Name, t.Birth} }

// Judge completes a row: which organisation, who it is, new or changed or the same. The row keeps draft's trainee.
// place gives a problem's place from a column's key.
func (r *Roster) Judge(row *ImportRow, draft *TraineeDraft, place func(key string) Place) {
	row.Trainee = &draft.Trainee
	r.followMerge(row, place)
	failed := HasErrors(row.Problems)
	r.locate(row, draft, place)
	r.repeated(row, place)
	exposedIDNumber(row, place)
	if failed || HasErrors(row.Problems) {
		row.Outcome = OutcomeFailed
		return
	}
	if row.Outcome == OutcomeSkipped {
		return
	}
	stored, known := r.people.ByNumber(row.Trainee.IDNumber)
	if known {
		r.update(row, stored, place)
	} else {
		r.add(row, place)
	}
}

// locate finds the row's organisation and payer.
func (r *Roster) locate(row *ImportRow, draft *TraineeDraft, place func(string) Place) {
	for _, wanted := range []struct {
		key, written string
		id           *int64
		fresh        *string
	}{
		{"organization", draft.Organization, &row.Trainee.OrganizationID, &row.NewOrganization},
		{"payer", draft.Payer, &row.Trainee.PayerID, &row.NewPayer},
	} {
		if wanted.written == "" {
			continue
		}
		if LooksLikeIDNumber(wanted.written) {
			row.Problems = append(row.Problems, idInWrongColumn(wanted.key).In(place(wanted.key)))
			continue
		}
		if r.placed(row, wanted.key, wanted.written, wanted.id, wanted.fresh) {
			continue
		}
		organization, path, known, err := r.resolve(wanted.written)
		switch problem, ambiguous := AsProblem(err); {
		case ambiguous:
			row.Problems = append(row.Problems, problem.In(place(wanted.key)))
		case known:
			*wanted.id = organization.ID
		case r.CreateOrganizations:
			*wanted.fresh = path
		default:
			row.Problems = append(row.Problems, Refuse(codeOrganizationUnknown, wanted.key,
				fmt.Sprintf("“%s”不是已有机构。", wanted.written),
				"请选一个已有机构，或者在导入时新建它。文件不会被改动。").In(place(wanted.key)))
		}
	}
}

// followMerge lets a row with the number of a record that was merged be about whom it was merged into. What follows from that number,
// which was somebody's mistake, is left out.
func (r *Roster) followMerge(row *ImportRow, place func(string) Place) {
	t := row.Trainee
	if !r.people.aliases[t.IDNumber] {
		return
	}
	now, _ := r.people.ByNumber(t.IDNumber)
	if t.Username == t.IDNumber {
		t.Username = ""
	}
	t.IDNumber, t.DocumentType, t.Sex, t.Birth = now.IDNumber, "", "", ""
	row.Problems = append(row.Problems, Warn("id-merged", fieldID, fmt.Sprintf("用这个证件号的学员已经合并到“%s”的另一个证件号。", now.Name),
		"会更新合并后的学员；如果不是同一个人，请先撤销合并。").In(place(fieldID)))
}

// placed puts a row where a person said its spelling belongs. A decision about an organisation that has gone counts no more.
func (r *Roster) placed(row *ImportRow, key, written string, id *int64, fresh *string) bool {
	said, ok := r.decided.means(key, row.Source.Number, written)
	if !ok {
		return false
	}
	if said.organizationID == 0 {
		organization, path, known, err := r.Tree.Resolve(written)
		if err == nil && known {
			*id = organization.ID
		} else {
			*fresh = path
		}
		return true
	}
	organization, known := r.Tree.Get(said.organizationID)
	*id = organization.ID
	return known
}

// repeated tells of an identity number that stands in another row of the same file too: the row that a person chose counts,
// else the first.
func (r *Roster) repeated(row *ImportRow, place func(string) Place) {
	number := row.Trainee.IDNumber
	if number == "" || HasErrors(row.Problems) {
		return
	}
	earlier, again := r.met[number]
	if chosen, ok := r.preferred[number]; ok {
		earlier, again = chosen, chosen.row != row.Source.Number
	}
	if !again {
		r.met[number] = met{row.Trainee.Name, row.Source.Number}
		return
	}
	if earlier.name != row.Trainee.Name && r.decided.accepts(earlier.row) {
		row.Outcome = OutcomeSkipped
		row.Problems = append(row.Problems, Warn("row-other-name", "name",
			fmt.Sprintf("这个证件号以第 %d 行的“%s”为准。", earlier.row, earlier.name), "这一行不导入；要换过来，请接受这一行的姓名。").In(place("name")))
		return
	}
	if earlier.name != row.Trainee.Name {
		row.Problems = append(row.Problems, Refuse("id-other-name", "id_number",
			fmt.Sprintf("与第 %d 行“%s”的证件号相同，姓名却不同。", earlier.row, earlier.name),
			"请核对是谁的证件号写错了，改好证件号，或选定一个姓名。").In(place("id_number")))
		return
	}
	row.Outcome = OutcomeSkipped
	row.Problems = append(row.Problems, Warn("row-repeated", "id_number",
		fmt.Sprintf("与第 %d 行是同一个人。", earlier.row), "只导入那一行；如果内容不同，请合并成一行。").In(place("id_number")))
}

// exposedIDNumber refuses an identity number in a column that is kept in the clear.
func exposedIDNumber(row *ImportRow, place func(string) Place) {
	t := row.Trainee
	for _, field := range traineeFields {
		value := *field.of(t)
		if !field.open || value == t.IDNumber || !LooksLikeIDNumber(value) {
			continue
		}
		row.Problems = append(row.Problems, idInWrongColumn(field.key).In(place(field.key)))
	}
}

func idInWrongColumn(key string) Problem {
	return Refuse("id-in-wrong-column", key, "这一列里写的是证件号。", "请把证件号移到“身份证号”列，这里写本列该写的内容。")
}

func (r *Roster) add(row *ImportRow, place func(string) Place) {
	t := row.Trainee
	row.Outcome = OutcomeNew
	t.Status, t.Platform = TraineeEnabled, PlatformPending
	if t.OrganizationID == 0 && row.NewOrganization == "" {
		t.OrganizationID = r.DefaultOrganization
		if t.OrganizationID == 0 {
			t.OrganizationID = r.Tree.Root().ID
		}
	}
	if t.Username == "" {
		t.Username = t.IDNumber
	}
	if other, taken := r.owner(t.Username); taken && other != t.IDNumber {
		row.Fail(r.usernameTaken(t.Username, other).In(place("username")))
		return
	}
	r.usernames[t.Username] = t.IDNumber
	if other, taken := r.namesake(namesakeOf(t)); taken && other != t.IDNumber && t.Birth != "" {
		row.Problems = append(row.Problems, Warn("person-other-id", "name",
			"已有同名、同一天出生但证件号不同的学员。", "请确认是两个人，还是证件号写错了。").In(place("name")))
	}
	r.persons[namesakeOf(t)] = t.IDNumber
}

// usernameTaken says whose a username is; number is that person's.
func (r *Roster) usernameTaken(username, number string) Problem {
	whose := "已经有别的学员在用。"
	if earlier, here := r.met[number]; here {
		whose = fmt.Sprintf("已经是第 %d 行“%s”的。", earlier.row, earlier.name)
	} else if stored, known := r.people.ByNumber(number); known {
		whose = "已经是系统里“" + stored.Name + "”的。"
	}
	return Refuse(codeUsernameExists, fieldUsername, "用户名"+quoted(username)+whose, "请换一个用户名，或留空（新学员留空时用身份证号）。")
}

// update puts the row's filled cells over what is stored; blank cells leave it as it is.
func (r *Roster) update(row *ImportRow, stored *Trainee, place func(string) Place) {
	merged := *stored
	if stored.Name != row.Trainee.Name {
		if !r.decided.accepts(row.Source.Number) {
			row.Fail(Refuse("id-other-name", "id_number",
				fmt.Sprintf("这个证件号在系统里属于“%s”，这里写的是“%s”。", stored.Name, row.Trainee.Name),
				"请核对姓名和证件号；如果是改名，请选定新的姓名。").In(place("name")))
			return
		}
		row.Changes = append(row.Changes, Change{Field: fieldName, Label: TraineeForm.Columns[traineeColumns.name].Header, Old: stored.Name, New: row.Trainee.Name})
		merged.Name = row.Trainee.Name
		merged = Correct(*stored, merged)
	}
	for _, field := range traineeFields {
		old, fresh := field.of(&merged), *field.of(row.Trainee)
		if fresh == "" || fresh == *old || field.key == "username" && fresh == stored.IDNumber {
			continue
		}
		row.Changes = append(row.Changes, Change{Field: field.key, Label: TraineeForm.Columns[TraineeForm.Column(field.key)].Header, Old: *old, New: fresh})
		*old = fresh
	}
	r.moved(row, &merged.OrganizationID, row.Trainee.OrganizationID, row.NewOrganization, "organization")
	r.moved(row, &merged.PayerID, row.Trainee.PayerID, row.NewPayer, "payer")
	extra, added := MergeExtra(stored.Extra, row.Trainee.Extra)
	merged.Extra = extra
	row.Changes = append(row.Changes, added...)
	if owner, taken := r.owner(merged.Username); taken && owner != merged.IDNumber {
		row.Fail(r.usernameTaken(merged.Username, owner).In(place("username")))
		return
	}
	r.usernames[merged.Username] = merged.IDNumber
	row.Trainee, row.Outcome = stored, OutcomeUnchanged
	if len(row.Changes) > 0 {
		row.Trainee, row.Outcome = &merged, OutcomeUpdated
	}
}

// MergeExtra puts the filled cells of columns that a form does not know over the stored ones, and tells what that changes.
func MergeExtra(stored, fresh map[string]string) (map[string]string, []Change) {
	var changes []Change
	merged := stored
	for _, header := range slices.Sorted(maps.Keys(fresh)) {
		value := fresh[header]
		if value == "" || stored[header] == value {
			continue
		}
		if len(changes) == 0 {
			merged = maps.Clone(stored)
		}
		if merged == nil {
			merged = map[string]string{}
		}
		merged[header] = value
		changes = append(changes, Change{Field: header, Label: header, Old: stored[header], New: value})
	}
	return merged, changes
}

func (r *Roster) moved(row *ImportRow, stored *int64, fresh int64, path, key string) {
	if path == "" && (fresh == 0 || fresh == *stored) {
		return
	}
	name := func(id int64) string {
		o, _ := r.Tree.Get(id)
		return o.Path
	}
	if path == "" {
		path = name(fresh)
	}
	row.Changes = append(row.Changes, Change{Field: key, Label: TraineeForm.Columns[TraineeForm.Column(key)].Header, Old: name(*stored), New: path})
	*stored = fresh
}

// traineeFields are the fields that an update compares as text; open ones are stored in the clear.
var traineeFields = []struct {
	key  string
	open bool
	of   func(*Trainee) *string
}{
	{"document_type", true, func(t *Trainee) *string { return (*string)(&t.DocumentType) }},
	{"sex", true, func(t *Trainee) *string { return &t.Sex }},
	{"birth", false, func(t *Trainee) *string { return (*string)(&t.Birth) }},
	{"mobile", false, func(t *Trainee) *string { return &t.Mobile }},
	{"category", true, func(t *Trainee) *string { return &t.Category }},
	{"title_series", true, func(t *Trainee) *string { return &t.TitleSeries }},
	{"title_name", true, func(t *Trainee) *string { return &t.TitleName }},
	{"title_level", true, func(t *Trainee) *string { return &t.TitleLevel }},
	{"education", true, func(t *Trainee) *string { return &t.Education }},
	{"email", false, func(t *Trainee) *string { return &t.Email }},
	{"username", true, func(t *Trainee) *string { return &t.Username }},
	{"staff_number", true, func(t *Trainee) *string { return &t.StaffNumber }},
	{"remark", false, func(t *Trainee) *string { return &t.Remark }},
}

// TraineeText gives a trainee's value of one of the form's columns as text; known is false for name, number and organisations.
func TraineeText(t *Trainee, key string) (text string, known bool) {
	for _, field := range traineeFields {
		if field.key == key {
			return *field.of(t), true
		}
	}
	return "", false
}
