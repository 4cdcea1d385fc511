package data

// TakeOver is what one person would become by taking over what a later list says: another name, organisation or identity number.
type TakeOver struct {
	Person          Trainee // as it would be stored
	Name            string  // as it is stored now
	IDNumber        string  // likewise, masked
	Old, New        string  // the value that changes, for people; numbers are masked
	NewOrganization string  // the path of an organisation that has to be made first
	Problem         *Problem
}

// TakeOverPlan is what people of a comparison would become. Nothing is written yet.
type TakeOverPlan struct {
	Kind    DifferenceKind
	Version int64 // of the roster that it was made for
	Rows    []TakeOver
}

// Ready gives the rows without a problem.
func (p TakeOverPlan) Ready() []TakeOver {
	var ready []TakeOver
	for _, row := range p.Rows {
		if row.Problem == nil {
			ready = append(ready, row)
		}
	}
	return ready
}

// NewOrganizations lists the organisations that have to be made, each once.
func (p TakeOverPlan) NewOrganizations() []string {
	var paths []string
	met := map[string]bool{}
	for _, row := range p.Ready() {
		if path := row.NewOrganization; path != "" && !met[path] {
			met[path] = true
			paths = append(paths, path)
		}
	}
	return paths
}

// TakeOver judges one row of a comparison by what the later list says, which is nil where the list has no such row any more.
func (k *Known) TakeOver(kind DifferenceKind, row DifferenceRow, said *ImportRow) TakeOver {
	stored, found := k.People.ByKey(row.TraineeID)
	taken := TakeOver{Person: stored, Name: stored.Name, IDNumber: k.Mask(stored.IDNumber)}
	switch {
	case !found:
		taken.Name, taken.IDNumber = row.Name, row.IDNumber
		return taken.refuse("take-over-unknown", "系统里没有这个人。", "请先从“新增”里导入，或核对原名单的证件号。")
	case said == nil || said.Trainee.Name != row.Name || k.Mask(said.Trainee.IDNumber) != row.IDNumber:
		return taken.refuse("take-over-changed", "名单文件在比对之后改过。", "请重新比对。")
	}
	switch kind {
	case DifferenceRenamed:
		taken.Person.Name = said.Trainee.Name
		taken.Old, taken.New = stored.Name, said.Trainee.Name
	case DifferenceMoved:
		k.takePlace(&taken, said)
	case DifferenceCorrected:
		if owner, used := k.People.ByNumber(said.Trainee.IDNumber); used && owner.ID != stored.ID {
			return taken.refuse("id-exists", "“"+owner.Name+"”已经在用这个证件号。", "请核对是不是同一个人，是就用“查重”合并。")
		}
		takeNumber(&taken, said.Trainee)
		taken.Old, taken.New = k.Mask(stored.IDNumber), k.Mask(said.Trainee.IDNumber)
		if taken.Old == taken.New {
			taken.New += HiddenDigits
		}
	}
	taken.Person = Correct(stored, taken.Person)
	if len(TraineeChanges(stored, taken.Person)) == 0 && taken.NewOrganization == "" {
		return taken.refuse("take-over-done", "系统里已经是这样。", "不用再改。")
	}
	return taken
}

func (t TakeOver) refuse(code, what, fix string) TakeOver {
	problem := Refuse(code, "", what, fix)
	t.Problem = &problem
	return t
}

func (k *Known) takePlace(taken *TakeOver, said *ImportRow) {
	old, _ := k.Tree.Get(taken.Person.OrganizationID)
	now, _ := k.Tree.Get(said.Trainee.OrganizationID)
	taken.Old, taken.New, taken.NewOrganization = old.Path, now.Path, said.NewOrganization
	if said.NewOrganization != "" {
		taken.New = said.NewOrganization
		return
	}
	taken.Person.OrganizationID = now.ID
}

// takeNumber gives a person another identity number, and what follows from it: sex, birth, and a username that was the number.
func takeNumber(taken *TakeOver, said *Trainee) {
	person := &taken.Person
	if person.Username == person.IDNumber {
		person.Username = said.IDNumber
	}
	person.IDNumber, person.DocumentType = said.IDNumber, said.DocumentType
	if said.Sex != "" {
		person.Sex = said.Sex
	}
	if said.Birth != "" {
		person.Birth = said.Birth
	}
}
