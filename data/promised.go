package data

import (
	"fmt"
	"strings"
)

// promised are the organisations that a sheet's own paths would make. A bare name in another row may mean one of them: with
// 内科/护理组 and 外科/护理组 in the sheet, 护理组 is as ambiguous before the import as after it.
type promised struct {
	paths  map[string]bool     // every path that is to be made, with those above it
	byName map[string][]string // the same by their last names
}

// organizationColumns are the columns that hold an organisation's path.
var organizationColumns = []int{traineeColumns.organization, traineeColumns.payer}

// promises gathers what the paths in rows would make; nil where the plan makes no organisations.
func (p *ImportPlan) promises(rows []*ImportRow) *promised {
	if !p.CreateOrganizations || p.Form.Key != TraineeForm.Key {
		return nil
	}
	found, met := &promised{paths: map[string]bool{}, byName: map[string][]string{}}, map[string]bool{}
	for _, row := range rows {
		for _, column := range organizationColumns {
			if column >= len(row.Source.Cells) || met[row.Source.Cells[column].Text] {
				continue
			}
			met[row.Source.Cells[column].Text] = true
			found.add(p.Known.Tree, row.Source.Cells[column])
		}
	}
	return found
}

func (p *promised) add(tree OrganizationTree, cell SourceCell) {
	path := tree.trim(promisedPath(cell))
	if !strings.Contains(path, "/") {
		return
	}
	walked := ""
	for _, name := range strings.Split(path, "/") {
		walked = strings.TrimPrefix(walked+"/"+name, "/")
		if _, known := tree.byPath[walked]; known || p.paths[walked] {
			continue
		}
		p.paths[walked] = true
		p.byName[name] = append(p.byName[name], walked)
	}
}

// promisedPath gives a cell's path where it names more than one organisation, else "".
func promisedPath(cell SourceCell) string {
	if path := CleanPath(ShownText(cell)); strings.Contains(path, "/") {
		return path
	}
	return ""
}

// promisesElse tells whether a row's new source would make other organisations than its old one.
func (p *ImportPlan) promisesElse(old, fresh SourceRow) bool {
	if p.judged.promised == nil {
		return false
	}
	for _, column := range organizationColumns {
		if column < len(old.Cells) && column < len(fresh.Cells) && promisedPath(old.Cells[column]) != promisedPath(fresh.Cells[column]) {
			return true
		}
	}
	return false
}

// resolve finds what a written organisation means, among those that are there and those that the same file makes.
func (r *Roster) resolve(written string) (o Organization, path string, known bool, err error) {
	name := r.Tree.trim(written)
	if _, there := r.Tree.byPath[name]; r.promised == nil || there || name == "" || strings.Contains(name, "/") {
		return r.Tree.Resolve(written)
	}
	fresh, there := r.promised.byName[name], r.Tree.byName[name]
	switch {
	case r.promised.paths[name]:
		return o, name, false, nil
	case len(fresh) == 0:
		return r.Tree.Resolve(written)
	case len(fresh)+len(there) == 1:
		return o, fresh[0], false, nil
	}
	return o, name, false, Refuse(codeOrganizationAmbiguous, "organization",
		fmt.Sprintf("导入以后有 %d 个机构都叫“%s”，看不出是哪一个。", len(fresh)+len(there), name),
		fmt.Sprintf("请写全路径，例如“%s”。", fresh[0]))
}
