package data

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
)

// PersonRow is one person as a pasted list or a sheet names one, and who that is.
type PersonRow struct {
	Row      int    // the line or the sheet's row, from 1
	Written  string // what stands there; an identity number in it is to be masked before it is shown
	Name     string
	IDNumber string
	Username string

	TraineeID    int64 // who is meant, or 0
	Found        Candidate
	Candidates   []Candidate // those who may be meant, where several are
	Amount       Money
	EntryID      int64 // the entry that the platform answers to
	Answer       PlatformAnswer
	AnswerReason string
	Problem      *Problem // why the row does not count; nil where it does
}

// Counts tells whether the row is to be used.
func (r PersonRow) Counts() bool { return r.Problem == nil && r.TraineeID != 0 }

// Codes of what is wrong with a person's row.
const (
	PersonUnknown   = "person-unknown"
	PersonAmbiguous = "person-ambiguous"
	PersonRepeated  = "person-repeated"
	PersonOther     = "person-other-name"
)

// ReadPeople takes a pasted list apart: a line names one person by name, identity number or username or several of them, or several
// people between 、 or ；or commas. Blank lines are passed over.
func ReadPeople(text string) []PersonRow {
	var rows []PersonRow
	for number, line := range strings.Split(text, "\n") {
		for _, part := range strings.FieldsFunc(line, func(r rune) bool { return strings.ContainsRune("、；;", r) }) {
			rows = append(rows, readPart(number+1, part)...)
		}
	}
	return rows
}

// readPart reads what stands between the strongest separators. Cells and commas part one person's facts where a number is among
// them, else people.
func readPart(number int, part string) []PersonRow {
	cells := strings.FieldsFunc(part, func(r rune) bool { return strings.ContainsRune("\t,，|", r) })
	table := strings.ContainsRune(part, '\t')
	var words []string
	for _, cell := range cells {
		if cell = CleanText(cell); cell == "" || IsBookkeeping(cell) {
			continue
		}
		words = append(words, splitWords(cell)...)
	}
	named := namedBy(words)
	if !table && named.several() {
		return named.rows(number)
	}
	row := PersonRow{Row: number, Written: CleanText(part), Name: first(named.names), IDNumber: first(named.numbers), Username: first(named.usernames)}
	if row.Name+row.IDNumber+row.Username+row.Written == "" {
		return nil
	}
	return []PersonRow{row}
}

// naming is what a part of a list holds to name people by.
type naming struct{ names, numbers, usernames []string }

func namedBy(words []string) naming {
	var found naming
	for _, word := range words {
		switch {
		case LooksLikeIDNumber(word) || longNumber.FindString(word) == word:
			found.numbers = append(found.numbers, word)
		case hasHan(word):
			found.names = append(found.names, word)
		case !isCounter(word):
			found.usernames = append(found.usernames, word)
		}
	}
	return found
}

// several tells whether these are several people. Beside one number or username other words are a department or a title.
func (n naming) several() bool {
	if len(n.numbers) > 0 {
		return len(n.numbers) > 1
	}
	return len(n.usernames) > 1 || len(n.usernames) == 0 && len(n.names) > 1
}

// rows gives each person a row. Where there are as many names as numbers, or usernames, they belong together in their order; else
// each stands for itself, so that nobody is lost: who stands there twice counts once.
func (n naming) rows(number int) []PersonRow {
	keys := n.numbers
	if len(keys) == 0 {
		keys = n.usernames
	}
	var rows []PersonRow
	for place, key := range keys {
		row := PersonRow{Row: number, Written: key}
		if len(n.names) == len(keys) {
			row.Name = n.names[place]
			row.Written = row.Name + " " + key
		}
		if len(n.numbers) > 0 {
			row.IDNumber = key
		} else {
			row.Username = key
		}
		rows = append(rows, row)
	}
	if len(n.names) != len(keys) {
		for _, name := range n.names {
			rows = append(rows, PersonRow{Row: number, Written: name, Name: name})
		}
	}
	return rows
}

func first(words []string) string {
	if len(words) == 0 {
		return ""
	}
	return words[0]
}

// longNumber is what can only be meant as an identity number, right or wrong.
var longNumber = regexp.MustCompile(`[0-9]{14,18}[0-9Xx]?`)

// splitWords parts “陈若溪 110101…” at its spaces, and leaves the spaces of a name alone.
func splitWords(cell string) []string {
	words := strings.Fields(longNumber.ReplaceAllString(cell, " $0 ")) // 陈若溪110101…
	if len(words) > 1 && !strings.ContainsFunc(cell, func(r rune) bool { return r < unicode.MaxASCII && unicode.IsDigit(r) }) {
		if name, problems := JudgeName(cell); !HasErrors(problems) && name != "" && len([]rune(name)) <= longestSpaced {
			return []string{name}
		}
	}
	return words
}

// longestSpaced is how long a name may be whose characters were spread with spaces (张　三), in runes; more are several names.
const longestSpaced = 3

func hasHan(word string) bool {
	return strings.ContainsFunc(word, func(r rune) bool { return unicode.Is(unicode.Han, r) })
}

// isCounter tells a row's number from a username: a few digits.
func isCounter(word string) bool {
	const mostDigits = 4
	return onlyDigits(strings.TrimSuffix(word, ".")) && len(word) <= mostDigits
}

// Match finds who each row means: by identity number, by username, else by a name that only one person has. Whoever stands
// in two rows counts once.
func (p *People) Match(rows []PersonRow, tree OrganizationTree, today Date) {
	seen := map[int64]int{}
	for place := range rows {
		row := &rows[place]
		if row.Problem != nil {
			continue
		}
		person, found := p.meant(row, tree, today)
		if !found {
			continue
		}
		if before, twice := seen[person.ID]; twice {
			row.fail(Warn(PersonRepeated, fieldName, fmt.Sprintf("和第 %d 行是同一个人。", before), "只算一次，不用处理。"))
			continue
		}
		seen[person.ID] = row.Row
		row.Choose(candidateOf(person, tree))
	}
}

// Choose says who the row means.
func (r *PersonRow) Choose(person Candidate) {
	r.TraineeID, r.Found, r.Candidates, r.Problem = person.TraineeID, person, nil, nil
}

func (r *PersonRow) fail(problem Problem) { r.Problem = &problem }

// meant finds the one person that a row means, or says in the row why there is none.
func (p *People) meant(row *PersonRow, tree OrganizationTree, today Date) (Trainee, bool) {
	if row.IDNumber != "" {
		return p.meantByNumber(row, today)
	}
	if row.Username != "" {
		number, ok := p.owner(row.Username)
		if !ok {
			number = strings.ToUpper(row.Username) // a passport
		}
		if person, ok := p.ByNumber(number); ok {
			return *person, true
		}
	}
	name, problems := JudgeName(row.Name)
	if HasErrors(problems) || name == "" {
		row.fail(Refuse(PersonUnknown, fieldName, "认不出这是谁。", "请写姓名、身份证号或用户名，一行一位。"))
		return Trainee{}, false
	}
	places := p.named(name)
	switch len(places) {
	case 0:
		row.fail(Refuse(PersonUnknown, fieldName, fmt.Sprintf("学员列表里没有“%s”。", name), "请核对写法，或改写身份证号；还没有导入的，请先导入学员。"))
		return Trainee{}, false
	case 1:
		return p.list[places[0]], true
	}
	for _, place := range places[:min(len(places), mostCandidates)] {
		row.Candidates = append(row.Candidates, candidateOf(p.list[place], tree))
	}
	row.fail(Refuse(PersonAmbiguous, fieldName, fmt.Sprintf("有 %d 位学员叫“%s”。", len(places), name), "请点选其中一位，或改写身份证号。"))
	return Trainee{}, false
}

func (p *People) meantByNumber(row *PersonRow, today Date) (Trainee, bool) {
	identity, problems := JudgeIDNumber(SourceCell{Text: row.IDNumber, Kind: CellText}, "", today)
	if HasErrors(problems) {
		row.fail(firstError(problems))
		return Trainee{}, false
	}
	person, ok := p.ByNumber(identity.Number)
	if !ok {
		row.fail(Refuse(PersonUnknown, fieldID, "学员列表里没有这个身份证号。", "请核对号码；还没有导入的，请先导入学员。"))
		return Trainee{}, false
	}
	if name, problems := JudgeName(row.Name); row.Name != "" && !HasErrors(problems) && name != person.Name {
		row.fail(Refuse(PersonOther, fieldName, fmt.Sprintf("这个身份证号是“%s”的，不是“%s”的。", person.Name, name), "请核对姓名和号码，改对其中一个。"))
		return Trainee{}, false
	}
	return *person, true
}

func firstError(problems []Problem) Problem {
	for _, problem := range problems {
		if problem.Level == LevelError {
			return problem
		}
	}
	return problems[0]
}

func candidateOf(person Trainee, tree OrganizationTree) Candidate {
	organization, _ := tree.Get(person.OrganizationID)
	return Candidate{TraineeID: person.ID, Name: person.Name, IDNumber: person.IDNumber, Organization: organization.Path}
}
