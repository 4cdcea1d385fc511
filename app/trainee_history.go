package app

import (
	"context"
	"fmt"
	"slices"

	"peixun/data"
	"peixun/data/sqlite"
	"peixun/data/vault"
)

// TraineeHistory tells what happened to a trainee, the newest first: every import, change, merge, request, recharge and record of
// hours, with the old and the new values. What happened to records that were merged into this one belongs to it.
func (a *App) TraineeHistory(ctx context.Context, id int64) ([]data.TraineeEvent, error) {
	return query(a, ctx, func(tx *sqlite.Tx) ([]data.TraineeEvent, error) {
		organizations, err := tree(tx)
		if err != nil {
			return nil, err
		}
		members, err := tx.MergedInto(id)
		if err != nil {
			return nil, err
		}
		trainee, err := tx.Trainee(id)
		if err != nil {
			return nil, err
		}
		var events []data.TraineeEvent
		for _, one := range append([]int64{id}, members...) {
			h := history{tx: tx, id: one, tree: organizations}
			if err := h.read(); err != nil {
				return nil, err
			}
			if one != id {
				h.mark("合并前的另一条记录")
			}
			events = append(events, h.events...)
		}
		if !slices.ContainsFunc(events, func(e data.TraineeEvent) bool { return e.Kind == data.EventAdded }) { // by a version that wrote nothing down
			events = append(events, data.TraineeEvent{At: trainee.CreatedAt, Kind: data.EventAdded, Title: "加入学员名单"})
		}
		slices.SortStableFunc(events, func(a, b data.TraineeEvent) int {
			switch {
			case a.At > b.At:
				return -1
			case a.At < b.At:
				return 1
			}
			return 0
		})
		return events, nil
	})
}

// history collects the events of one record. Events of one second stand with what came last first.
type history struct {
	tx     *sqlite.Tx
	id     int64
	tree   data.OrganizationTree
	events []data.TraineeEvent
}

func (h *history) add(event data.TraineeEvent) { h.events = append(h.events, event) }

func (h *history) mark(note string) {
	for place := range h.events {
		event := &h.events[place]
		event.ChangeID = 0
		if event.Note != "" {
			event.Note += " ・ "
		}
		event.Note += note
	}
}

func (h *history) read() error {
	for _, part := range []func() error{h.logged, h.imports, h.changes, h.resets, h.hours, h.money} {
		if err := part(); err != nil {
			return err
		}
	}
	slices.Reverse(h.events)
	return nil
}

// logged takes from 操作日志 what stands nowhere else: who was typed in, and whose whole numbers were looked at.
func (h *history) logged() error {
	lines, err := h.tx.AuditOf(traineeTarget(h.id))
	if err != nil {
		return err
	}
	slices.Reverse(lines)
	for _, line := range lines {
		switch line.Action {
		case "trainee.add":
			h.add(data.TraineeEvent{At: line.At, User: line.User, Kind: data.EventAdded, Title: "手工添加"})
		case "trainee.reveal":
			h.add(data.TraineeEvent{At: line.At, User: line.User, Kind: data.EventSeen, Title: line.Detail})
		}
	}
	return nil
}

// traineeTarget is how 操作日志 names a trainee.
func traineeTarget(id int64) string { return fmt.Sprintf("学员 %d", id) }

func (h *history) imports() error {
	runs, err := h.tx.ImportsOf(h.id)
	if err != nil {
		return err
	}
	for _, run := range runs {
		event := data.TraineeEvent{At: run.At, User: run.User, Kind: data.EventChanged, Title: "导入更新", Note: "“" + run.File + "”", Changes: h.shown(run.Changes)}
		if run.Added {
			event.Kind, event.Title = data.EventAdded, "导入新增"
		}
		h.add(event)
		if run.UndoneAt != "" {
			h.add(data.TraineeEvent{At: run.UndoneAt, User: run.UndoneBy, Kind: data.EventUndone, Title: "撤销导入", Note: event.Note})
		}
	}
	return nil
}

// changeTitles say what each action was.
var changeTitles = map[string]string{
	data.ChangeEdit: "修改资料", data.ChangeStatus: "启用或停用", data.ChangeMove: "调整组织机构", data.ChangeOrganization: "机构合并", data.ChangeMerge: "合并学员",
}

func (h *history) changes() error {
	acts, err := h.tx.ChangesOf(h.id)
	if err != nil {
		return err
	}
	for _, act := range acts {
		event := data.TraineeEvent{At: act.At, User: act.User, Kind: data.EventChanged, Title: changeTitles[act.Action], ChangeID: act.ID, Changes: h.shown(act.Changes)}
		for _, change := range act.Changes {
			if act.Action == data.ChangeStatus && change.Field == "status" {
				event.Title = change.New
			}
		}
		if act.Action == data.ChangeMerge {
			event.Kind = data.EventMerged
		}
		if act.Action == data.ChangeOrganization {
			event.ChangeID = 0 // it is taken back where organisations are
			merge, err := h.tx.OrganizationMerge(act.ID)
			if err != nil {
				return err
			}
			event.Note = "“" + merge.From.Path + "”并入别的机构"
		}
		if act.UndoneAt != "" {
			event.ChangeID = 0
		}
		h.add(event)
		if act.UndoneAt != "" {
			h.add(data.TraineeEvent{At: act.UndoneAt, User: act.UndoneBy, Kind: data.EventUndone, Title: "撤销：" + event.Title})
		}
	}
	return nil
}

func (h *history) resets() error {
	requests, err := h.tx.PasswordResetsOf(h.id)
	if err != nil {
		return err
	}
	for _, request := range requests {
		h.add(data.TraineeEvent{At: request.At, User: request.User, Kind: data.EventReset, Title: "登记重置密码"})
		if request.DoneAt != "" {
			h.add(data.TraineeEvent{At: request.DoneAt, User: request.DoneBy, Kind: data.EventReset, Title: "平台已重置密码"})
		}
	}
	return nil
}

func (h *history) hours() error {
	ids, err := h.tx.HoursIDs(data.OfflineHoursQuery{TraineeID: h.id})
	if err != nil {
		return err
	}
	rows, err := h.tx.HoursRows(ids)
	if err != nil {
		return err
	}
	for _, row := range rows {
		note := row.Title
		if row.Organizer != "" {
			note += " ・ " + row.Organizer
		}
		h.add(data.TraineeEvent{At: row.CreatedAt, Kind: data.EventHours, Title: "线下学时 " + row.Hours.String(), Note: note})
	}
	return h.hoursChanges()
}

// hoursChanges tells what was done by hand to records, but for adding them: a record that is there tells that itself.
func (h *history) hoursChanges() error {
	changes, err := h.tx.HoursChangesOf(h.id)
	if err != nil {
		return err
	}
	for _, change := range changes {
		event := data.TraineeEvent{At: change.At, User: change.User, Kind: data.EventHours}
		switch {
		case change.Before == nil:
			continue
		case change.After == nil:
			event.Title, event.Note = "删除线下学时 "+change.Before.Hours.String(), change.Before.Title
		default:
			event.Title, event.Note = "修改线下学时", change.After.Title
			event.Changes = []data.Change{{Field: "hours", Label: "学时", Old: change.Before.Hours.String(), New: change.After.Hours.String()}}
		}
		h.add(event)
		if change.UndoneAt != "" {
			h.add(data.TraineeEvent{At: change.UndoneAt, User: change.UndoneBy, Kind: data.EventUndone, Title: "撤销：" + event.Title, Note: event.Note})
		}
	}
	return nil
}

func (h *history) money() error {
	ids, err := h.tx.RechargeIDs(data.RechargeQuery{TraineeID: h.id})
	if err != nil {
		return err
	}
	entries, err := h.tx.RechargeEntries(ids)
	if err != nil {
		return err
	}
	slices.Reverse(entries)
	for _, entry := range entries {
		event := data.TraineeEvent{At: entry.At, User: entry.User, Kind: data.EventRecharge, Title: "充值 " + entry.Amount.String() + " 元", Note: "批次 " + entry.BatchNumber}
		if entry.Amount < 0 {
			event.Kind, event.Title = data.EventReversal, "冲正 "+entry.Amount.String()+" 元"
		}
		if entry.Reason != "" {
			event.Note += " ・ " + entry.Reason
		}
		h.add(event)
	}
	return nil
}

func (h *history) shown(changes []data.FieldChange) []data.Change {
	return data.ShownChanges(changes, h.tree, maskField)
}

// maskField writes a trainee's value as lists show it.
func maskField(field, value string) string {
	switch {
	case field == "mobile":
		return vault.MaskMobile(value)
	case field == "id_number", data.LooksLikeIDNumber(value):
		return vault.MaskIDNumber(value)
	}
	return value
}
