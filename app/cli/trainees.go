package cli

import (
	"context"
	"fmt"

	"peixun/data"
)

type traineeItem struct {
	Username      string             `json:"username" label:"用户名"`
	Name          string             `json:"name" label:"姓名"`
	IDNumber      string             `json:"id_number" label:"身份证号码"`
	Mobile        string             `json:"mobile" label:"手机号"`
	Organization  string             `json:"organization" label:"组织机构"`
	Payer         string             `json:"payer" label:"缴费机构"`
	Status        data.TraineeStatus `json:"status" label:"状态"`
	Balance       data.Money         `json:"balance" label:"账户余额"`
	PlatformState data.PlatformState `json:"platform_state" label:"平台状态"`
}

func prepareTrainees(f *flags) action {
	query, organization := f.text("query"), f.text("org")
	reveal, reason := f.flag("reveal"), f.text("reason")
	return func(ctx context.Context, c *call) (reply, error) {
		if *reveal && *reason == "" {
			return reply{}, f.wrong("--reveal 要和 --reason 一起用，说明用途。")
		}
		q := data.TraineeQuery{Text: *query}
		if *organization != "" {
			o, err := c.organization(ctx, *organization)
			if err != nil {
				return reply{}, err
			}
			q.OrganizationIDs = []int64{o.ID}
		}
		ids, err := c.app.TraineeIDs(ctx, q)
		if err != nil {
			return reply{}, err
		}
		items, err := c.traineeItems(ctx, ids)
		if err != nil {
			return reply{}, err
		}
		if *reveal {
			if err := c.reveal(ctx, q, *reason, ids, items); err != nil {
				return reply{}, err
			}
		}
		return listReply(items), nil
	}
}

func (c *call) traineeItems(ctx context.Context, ids []int64) ([]traineeItem, error) {
	rows, err := c.app.TraineeRows(ctx, ids, 0)
	if err != nil {
		return nil, err
	}
	items := make([]traineeItem, len(rows))
	for place, row := range rows {
		items[place] = traineeItem{Username: row.Username, Name: row.Name, IDNumber: row.IDNumber, Mobile: row.Mobile, Organization: row.Organization,
			Payer: row.Payer, Status: row.Status, Balance: row.Balance, PlatformState: row.Platform}
	}
	return items, nil
}

// reveal puts the whole numbers into the items of ids; the reason goes into 操作日志.
func (c *call) reveal(ctx context.Context, q data.TraineeQuery, reason string, ids []int64, items []traineeItem) error {
	whole, err := c.app.RevealAll(ctx, q, reason)
	if err != nil {
		return err
	}
	byID := map[int64]data.Trainee{}
	for _, trainee := range whole {
		byID[trainee.ID] = trainee
	}
	for place, id := range ids {
		if trainee, ok := byID[id]; ok {
			items[place].Username, items[place].IDNumber, items[place].Mobile = trainee.Username, trainee.IDNumber, trainee.Mobile
		}
	}
	return nil
}

// organization finds the organisation that a path means.
func (c *call) organization(ctx context.Context, path string) (data.Organization, error) {
	tree, err := c.app.Organizations(ctx)
	if err != nil {
		return data.Organization{}, err
	}
	o, _, known, err := tree.Resolve(path)
	if err == nil && !known {
		err = data.Refuse("organization-unknown", "organization", fmt.Sprintf("没有“%s”这个机构。", shown(path)), "请写从单位下一级开始的路径，例如“院本部/内科”；单位全称表示整个单位。").
			Because(data.ErrNotFound)
	}
	return o, err
}
