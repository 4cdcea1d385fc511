package cli

import (
	"context"
	"math"
	"strconv"
	"strings"

	"peixun/data"
)

// listCommands are the lists of the contract, each an array of objects.
func listCommands() []command {
	return []command{
		{name: "list trainees", flags: "[--query 查询] [--org 机构路径] [--reveal --reason 用途]", prepare: prepareTrainees,
			summary: "学员；证件号和手机号遮住中间，--reveal 显示全部并记入操作日志"},
		simpleList("organizations", "组织机构", listOrganizations),
		simpleList("plans", "培训计划", listPlans),
		simpleList("orders", "缴费订单", listOrders),
		simpleList("batches", "学习卡批次", listBatches),
		simpleList("recharges", "充值明细", listRecharges),
		simpleList("hours", "线下学时", listHours),
		simpleList("letters", "确认书", listLetters),
		simpleList("statement", "银行流水", listStatement),
		simpleList("audit", "操作日志", listAudit),
	}
}

// simpleList is a list without flags.
func simpleList[T any](name, summary string, list func(ctx context.Context, c *call) ([]T, error)) command {
	return command{name: "list " + name, summary: summary, prepare: func(*flags) action {
		return func(ctx context.Context, c *call) (reply, error) {
			items, err := list(ctx, c)
			if err != nil {
				return reply{}, err
			}
			return listReply(items), nil
		}
	}}
}

// identifier writes a row's key; 0 is "".
func identifier(id int64) string {
	if id == 0 {
		return ""
	}
	return strconv.FormatInt(id, 10)
}

type organizationItem struct {
	Path   string `json:"path" label:"路径"`
	Name   string `json:"name"`
	Parent string `json:"parent"` // the parent's path; "" for the root
	Depth  int    `json:"depth"`
	Payer  string `json:"payer" label:"缴费机构"`
	People int    `json:"people" label:"启用人数"` // directly in it
}

func listOrganizations(ctx context.Context, c *call) ([]organizationItem, error) {
	tree, err := c.app.Organizations(ctx)
	if err != nil {
		return nil, err
	}
	var items []organizationItem
	for _, o := range tree.List() {
		parent, _ := tree.Get(o.ParentID)
		items = append(items, organizationItem{Path: o.Path, Name: o.Name, Parent: parent.Path, Depth: o.Depth, Payer: tree.Payer(o.ID).Path, People: o.People})
	}
	return items, nil
}

type planItem struct {
	Number     string      `json:"number" label:"计划编号"`
	Name       string      `json:"name" label:"培训计划名称"`
	Publisher  string      `json:"publisher"`
	Measure    string      `json:"measure"`
	Target     hourCount   `json:"target" label:"考核值"`
	Year       int         `json:"year" label:"年份"`
	StartsAt   data.Moment `json:"starts_at" label:"开始时间"`
	EndsAt     data.Moment `json:"ends_at" label:"结束时间"`
	Modifiable bool        `json:"modifiable"`
	Price      data.Money  `json:"price"` // 0: not set
}

func listPlans(ctx context.Context, c *call) ([]planItem, error) {
	plans, err := c.app.Plans(ctx)
	if err != nil {
		return nil, err
	}
	var items []planItem
	for _, p := range plans {
		items = append(items, planItem{Number: p.Number, Name: p.Name, Publisher: p.Publisher, Measure: p.Measure, Target: hourCount(p.Target), Year: p.Year,
			StartsAt: p.StartsAt, EndsAt: p.EndsAt, Modifiable: p.Modifiable, Price: p.Price})
	}
	return items, nil
}

type batchItem struct {
	Number    string      `json:"number" label:"批次号"`
	Order     string      `json:"order" label:"订单号"`
	Plan      string      `json:"plan" label:"计划编号"`
	Face      data.Money  `json:"face" label:"面值"`
	Used      data.Money  `json:"used" label:"已用"`
	Left      data.Money  `json:"left" label:"剩余"`
	CreatedAt data.Moment `json:"created_at" label:"生成时间"`
}

func listBatches(ctx context.Context, c *call) ([]batchItem, error) {
	plans, err := c.app.Plans(ctx)
	if err != nil {
		return nil, err
	}
	numbers := map[int64]string{}
	for _, plan := range plans {
		numbers[plan.ID] = plan.Number
	}
	batches, err := c.app.Batches(ctx)
	if err != nil {
		return nil, err
	}
	var items []batchItem
	for _, b := range batches {
		items = append(items, batchItem{Number: b.Number, Order: b.OrderNumber, Plan: numbers[b.PlanID], Face: b.Face, Used: b.Used, Left: b.Left(), CreatedAt: b.CreatedAt})
	}
	return items, nil
}

type hoursItem struct {
	Entry        string    `json:"entry"`
	Username     string    `json:"username"`
	Name         string    `json:"name" label:"姓名"`
	IDNumber     string    `json:"id_number" label:"身份证号"`
	Organization string    `json:"organization" label:"组织机构"`
	Plan         string    `json:"plan" label:"计划编号"`
	Title        string    `json:"title" label:"培训名称"`
	Category     string    `json:"category"`
	Form         string    `json:"form"`
	Organizer    string    `json:"organizer"`
	Place        string    `json:"place"`
	StartsOn     data.Date `json:"starts_on" label:"开始日期"`
	EndsOn       data.Date `json:"ends_on" label:"结束日期"`
	Hours        hourCount `json:"hours" label:"学时"`
	Result       string    `json:"result"`
	Certificate  string    `json:"certificate"`
}

func listHours(ctx context.Context, c *call) ([]hoursItem, error) {
	ids, err := c.app.HoursIDs(ctx, data.OfflineHoursQuery{})
	if err != nil {
		return nil, err
	}
	rows, err := c.app.HoursRows(ctx, ids)
	if err != nil {
		return nil, err
	}
	var items []hoursItem
	for _, h := range rows {
		items = append(items, hoursItem{Entry: identifier(h.ID), Username: h.Username, Name: h.Name, IDNumber: h.IDNumber, Organization: h.Organization,
			Plan: h.PlanNumber, Title: h.Title, Category: h.Category, Form: h.Form, Organizer: h.Organizer, Place: h.Place, StartsOn: h.StartsOn,
			EndsOn: h.EndsOn, Hours: hourCount(h.Hours), Result: h.Result, Certificate: h.Certificate})
	}
	return items, nil
}

type letterItem struct {
	Number    string           `json:"number" label:"编号"`
	Order     string           `json:"order" label:"订单号"`
	Plan      string           `json:"plan"`
	State     data.LetterState `json:"state" label:"状态"`
	Total     data.Money       `json:"total" label:"金额"`
	People    int              `json:"people" label:"人数"`
	CreatedAt data.Moment      `json:"created_at" label:"生成时间"`
	SHA256    string           `json:"sha256"`
}

func listLetters(ctx context.Context, c *call) ([]letterItem, error) {
	letters, err := c.app.Letters(ctx)
	if err != nil {
		return nil, err
	}
	var items []letterItem
	for _, l := range letters {
		item := letterItem{Number: l.Number, Plan: l.Content.PlanNumber, State: l.State, Total: l.Content.Total(), People: l.Content.People(),
			CreatedAt: l.CreatedAt, SHA256: l.SHA256}
		var orders []string
		for _, order := range l.Content.Orders {
			orders = append(orders, order.Number)
		}
		item.Order = strings.Join(orders, "、")
		items = append(items, item)
	}
	return items, nil
}

type auditItem struct {
	Entry  string      `json:"entry" label:"序号"`
	At     data.Moment `json:"at" label:"时间"`
	User   string      `json:"user" label:"操作人"`
	Action string      `json:"action"`
	Target string      `json:"target" label:"对象"`
	Detail string      `json:"detail" label:"内容"`
	Hash   string      `json:"hash"`
}

func listAudit(ctx context.Context, c *call) ([]auditItem, error) {
	entries, err := c.app.Audit(ctx, "", math.MaxInt32)
	if err != nil {
		return nil, err
	}
	var items []auditItem
	for _, e := range entries {
		items = append(items, auditItem{Entry: identifier(e.ID), At: e.At, User: e.User, Action: e.Action, Target: e.Target, Detail: e.Detail, Hash: e.Hash})
	}
	return items, nil
}
