package app

import (
	"fmt"
	"slices"
	"strings"

	"peixun/data"
	"peixun/data/sqlite"
)

// countedTwice warns of an order's lines whose people other lines of it count too: an organisation beside the one above it, or beside
// the one that pays for it. Where each of its people has a payer of his own, as when a ward pays for itself, nobody is counted twice.
func countedTwice(tx *sqlite.Tx, lines []data.OrderLine) ([]data.Problem, error) {
	if len(lines) < 2 {
		return nil, nil
	}
	organizations, err := tree(tx)
	if err != nil {
		return nil, err
	}
	var problems []data.Problem
	for _, line := range lines {
		counting := organizations.PaidBy(line.OrganizationID, 0)
		others := slices.DeleteFunc(slices.Clone(lines), func(other data.OrderLine) bool {
			return other.OrganizationID == line.OrganizationID || !slices.Contains(counting, other.OrganizationID)
		})
		if len(others) == 0 {
			continue
		}
		people, err := countedByBoth(tx, organizations, line, others)
		if err != nil {
			return nil, err
		}
		if people > 0 {
			problems = append(problems, lineInside(line, others, people))
		}
	}
	return problems, nil
}

// countedByBoth counts the people whom a line pays for and one of the others too.
func countedByBoth(tx *sqlite.Tx, organizations data.OrganizationTree, line data.OrderLine, others []data.OrderLine) (int, error) {
	groups, err := tx.PaidGroups()
	people := 0
	for _, group := range groups {
		counting := organizations.PaidBy(group.OrganizationID, group.PayerID)
		isOther := func(other data.OrderLine) bool { return slices.Contains(counting, other.OrganizationID) }
		if slices.Contains(counting, line.OrganizationID) && slices.ContainsFunc(others, isOther) {
			people += group.People
		}
	}
	return people, err
}

func lineInside(line data.OrderLine, others []data.OrderLine, people int) data.Problem {
	names := make([]string, len(others))
	for i, other := range others {
		names[i] = "“" + other.OrganizationPath + "”"
	}
	return data.Warn(data.LineInside, "lines", fmt.Sprintf("“%s”已经包含在%s里，%d 人算了两遍。", line.OrganizationPath, strings.Join(names, "、"), people),
		"请去掉其中一个机构；确实要分开写的，请把两边的金额改成各自应缴的数，提交时再确认。")
}
