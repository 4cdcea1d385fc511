package app

import (
	"context"
	"fmt"
	"strings"

	"peixun/data"
	"peixun/data/sqlite"
)

// Profile reads 管理员信息.
func (a *App) Profile(ctx context.Context) (data.Profile, error) {
	return query(a, ctx, func(tx *sqlite.Tx) (data.Profile, error) { return tx.Profile() })
}

// ProfileGaps lists what 管理员信息 still lacks; until it is empty nothing can be submitted.
func (a *App) ProfileGaps(ctx context.Context) ([]data.Problem, error) {
	profile, err := a.Profile(ctx)
	if err != nil {
		return nil, err
	}
	return errorsOf(data.JudgeProfile(profile)), nil
}

// renamed gives whoever is logged in with the name of now, nil where nobody is any more.
func (a *App) renamed(tx *sqlite.Tx) (*data.Administrator, error) {
	current := a.session.Load()
	if current == nil {
		return nil, nil
	}
	named := *current
	return &named, nameOnlyAdministrator(tx, &named)
}

func errorsOf(problems []data.Problem) []data.Problem {
	var blocking []data.Problem
	for _, problem := range problems {
		if problem.Level == data.LevelError {
			blocking = append(blocking, problem)
		}
	}
	return blocking
}

// SaveProfile stores 管理员信息 as far as it is filled in; what is wrong or missing is listed by ProfileGaps.
// The unit's name is the root organisation's and changes with it.
func (a *App) SaveProfile(ctx context.Context, profile data.Profile) error {
	profile = data.CleanProfile(profile)
	if data.LooksLikeIDNumber(strings.Join([]string{profile.Name, profile.Department, profile.Phone, profile.Email, profile.Address, profile.Postcode}, " ")) {
		return data.Refuse("id-in-wrong-column", "name", "这里不需要身份证号。", "请删去身份证号后再保存。")
	}
	var named *data.Administrator
	err := a.write(ctx, func(tx *sqlite.Tx, user string) error {
		if err := tx.SaveProfile(profile); err != nil {
			return err
		}
		if err := a.renameRoot(tx, profile.Unit); err != nil {
			return err
		}
		var err error
		if named, err = a.renamed(tx); err != nil {
			return err
		}
		return a.log(tx, user, "profile.edit", "管理员信息", "修改管理员信息")
	}, ProfileChanged)
	if err != nil {
		return err
	}
	if named != nil && a.session.Load() != nil {
		a.session.Store(named)
		a.publish(SessionChanged)
	}
	return nil
}

func (a *App) renameRoot(tx *sqlite.Tx, name string) error {
	tree, err := tx.Organizations()
	if err != nil || len(tree) == 0 || name == "" || tree[0].Name == name {
		return err
	}
	if _, err := a.admit(tx, data.RightManage); err != nil {
		return err
	}
	tree[0].Name = name
	if err := tx.SaveOrganization(tree[0]); err != nil {
		return err
	}
	return tx.TouchRoster()
}

// Organizations gives the tree of organisations.
func (a *App) Organizations(ctx context.Context) (data.OrganizationTree, error) {
	return query(a, ctx, tree)
}

func tree(tx *sqlite.Tx) (data.OrganizationTree, error) {
	list, err := tx.Organizations()
	return data.NewOrganizationTree(list), err
}

// SaveOrganization stores an organisation, a new one where ID is 0, and gives the key.
func (a *App) SaveOrganization(ctx context.Context, o data.Organization) (int64, error) {
	if o.Name = data.CleanText(o.Name); o.Name == "" || strings.ContainsAny(o.Name, "/>") {
		return 0, data.Refuse("organization-name", "name", "机构名称不能为空，也不能有“/”或“>”。", "请改成机构的简称或全称。")
	}
	if data.LooksLikeIDNumber(o.Name) {
		return 0, data.Refuse("id-in-wrong-column", "name", "机构名称里有证件号。", "请删去证件号后再保存。")
	}
	id := o.ID
	err := a.write(ctx, func(tx *sqlite.Tx, user string) error {
		action, detail := "organization.edit", "修改机构"
		var err error
		if o.ID == 0 {
			action, detail = "organization.add", "新建机构"
			id, err = tx.AddOrganization(o)
		} else if err = a.mayRename(tx, o); err == nil {
			err = tx.SaveOrganization(o)
		}
		if err != nil {
			return err
		}
		if err := tx.TouchRoster(); err != nil {
			return err
		}
		return a.log(tx, user, action, o.Name, detail)
	}, OrganizationsChanged, TraineesChanged)
	return id, err
}

// mayRename refuses another name for the unit to whoever may not give it one.
func (a *App) mayRename(tx *sqlite.Tx, o data.Organization) error {
	tree, err := tx.Organizations()
	if err == nil && len(tree) > 0 && tree[0].ID == o.ID && tree[0].Name != o.Name {
		_, err = a.admit(tx, data.RightManage)
	}
	return err
}

// RemoveOrganization deletes an organisation that nobody and nothing hangs on.
func (a *App) RemoveOrganization(ctx context.Context, o data.Organization) error {
	return a.write(ctx, func(tx *sqlite.Tx, user string) error {
		use, err := tx.OrganizationUse(o.ID)
		if err != nil {
			return err
		}
		if err := tx.RemoveOrganization(o.ID); err != nil {
			return data.Refuse("organization-used", "", fmt.Sprintf("“%s”还不能删除：%s。", o.Name, use.Words()), "请先把它们调整到别的机构，或者用“合并到…”。").Because(err)
		}
		if err := tx.TouchRoster(); err != nil {
			return err
		}
		return a.log(tx, user, "organization.remove", o.Name, "删除空机构")
	}, OrganizationsChanged)
}

// Plans lists the training plans, the newest first.
func (a *App) Plans(ctx context.Context) ([]data.Plan, error) {
	return query(a, ctx, func(tx *sqlite.Tx) ([]data.Plan, error) { return tx.Plans() })
}

// PlanByNumber finds a plan by its 计划编号.
func (a *App) PlanByNumber(ctx context.Context, number string) (data.Plan, error) {
	plans, err := a.Plans(ctx)
	if err != nil {
		return data.Plan{}, err
	}
	for _, plan := range plans {
		if plan.Number == number {
			return plan, nil
		}
	}
	return data.Plan{}, data.Refuse("plan-unknown", "plan", fmt.Sprintf("没有编号为 %s 的培训计划。", number), "请核对计划编号，或先在培训管理里添加。").Because(data.ErrNotFound)
}

// SavePlan stores a plan, a new one where ID is 0, and gives the key.
func (a *App) SavePlan(ctx context.Context, plan data.Plan) (int64, error) {
	switch {
	case plan.Number == "" || strings.Trim(plan.Number, "0123456789") != "":
		return 0, data.Refuse("plan-number", "number", "计划编号只能是数字。", "请照平台上的编号填写，一般是 17 位。")
	case plan.Name == "":
		return 0, data.Refuse("plan-name", "name", "还没有填写培训计划名称。", "请照平台上的名称填写。")
	case plan.Year < 2000 || plan.Year > 2100:
		return 0, data.Refuse("plan-year", "year", "所属年份不对。", "年份写四位，例如 2022。")
	case plan.EndsAt < plan.StartsAt:
		return 0, data.Refuse("plan-end", "ends_at", "结束时间早于开始时间。", "请核对两个时间。")
	case plan.Target < 0:
		return 0, data.Refuse("plan-target", "target", "考核值不能小于 0。", "请照平台上的考核值填写，例如 30.00。")
	case plan.Price < 0 || plan.Price > data.MaxMoney:
		return 0, data.Refuse("plan-price", "price", "每人价格不对。", "金额从 0.01 到 99,999,999.99 元；不知道可以不填。")
	}
	id := plan.ID
	err := a.write(ctx, func(tx *sqlite.Tx, user string) error {
		var err error
		if id, err = tx.SavePlan(plan); err != nil {
			return err
		}
		return a.log(tx, user, "plan.save", plan.Number, "保存培训计划")
	}, PlansChanged)
	return id, err
}

const planSetting = "plan.current"

// CurrentPlan is the plan in force: the one chosen in the top bar, else the newest.
func (a *App) CurrentPlan(ctx context.Context) (data.Plan, error) {
	plans, err := a.Plans(ctx)
	if err != nil || len(plans) == 0 {
		return data.Plan{}, err
	}
	number := a.Setting(ctx, planSetting, "")
	for _, plan := range plans {
		if plan.Number == number {
			return plan, nil
		}
	}
	return plans[0], nil
}

// ChoosePlan makes a plan the one in force.
func (a *App) ChoosePlan(ctx context.Context, plan data.Plan) error {
	if err := a.SetSetting(ctx, planSetting, plan.Number); err != nil {
		return err
	}
	a.publish(PlansChanged)
	return nil
}
