package app

import (
	"context"
	"fmt"
	"io"
	"iter"

	"peixun/data"
	"peixun/data/sqlite"
	"peixun/data/vault"
)

// ExportTrainees writes the people whom a query finds, in its order, as a workbook with the import form's columns, or into the
// official template where one was loaded, and gives how many. Numbers are masked unless full is set, which needs a reason and is a line in 操作日志; a full export imported again
// changes nothing.
func (a *App) ExportTrainees(ctx context.Context, path string, q data.TraineeQuery, full bool, reason string) (int, error) {
	var people []data.Trainee
	var organizations data.OrganizationTree
	var err error
	if full {
		if people, err = a.RevealAll(ctx, q, reason); err != nil {
			return 0, err
		}
	}
	err = a.read(ctx, func(tx *sqlite.Tx) error {
		if organizations, err = tree(tx); err != nil || full {
			return err
		}
		people, err = maskedPeople(tx, q)
		return err
	})
	if err != nil {
		return 0, err
	}
	return len(people), WriteFile(path, func(w io.Writer) error {
		return a.writeForm(ctx, w, data.TraineeForm, exportRows(people, organizations))
	})
}

// maskedPeople reads the people of a query as somebody may see them who has given no reason.
func maskedPeople(tx *sqlite.Tx, q data.TraineeQuery) ([]data.Trainee, error) {
	ids, err := tx.TraineeIDs(q)
	if err != nil {
		return nil, err
	}
	people := make([]data.Trainee, 0, len(ids))
	for _, id := range ids {
		one, err := tx.Trainee(id)
		if err != nil {
			return nil, err
		}
		if one.Username == one.IDNumber {
			one.Username = ""
		}
		one.IDNumber, one.Mobile, one.Birth = vault.MaskIDNumber(one.IDNumber), vault.MaskMobile(one.Mobile), ""
		people = append(people, one)
	}
	return people, nil
}

// exportRows gives each person's cells in the form's order.
func exportRows(people []data.Trainee, organizations data.OrganizationTree) iter.Seq2[[]any, error] {
	return func(yield func([]any, error) bool) {
		for _, one := range people {
			cells := make([]any, 0, len(data.TraineeForm.Columns))
			for _, column := range data.TraineeForm.Columns {
				cells = append(cells, exportCell(one, organizations, column.Key))
			}
			if !yield(cells, nil) {
				return
			}
		}
	}
}

// exportCell writes one of a person's values as an import would read it.
func exportCell(one data.Trainee, organizations data.OrganizationTree, key string) string {
	switch key {
	case "name":
		return one.Name
	case "id_number":
		return one.IDNumber
	case "organization", "payer":
		id := one.OrganizationID
		if key == "payer" {
			id = one.PayerID
		}
		organization, _ := organizations.Get(id)
		return organization.Path
	case "username":
		if one.Username == one.IDNumber {
			return ""
		}
	}
	value, known := data.TraineeText(&one, key)
	if !known {
		panic(fmt.Sprintf("column %s of the trainees' form is not exported", key))
	}
	return value
}
