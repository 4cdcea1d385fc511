package apptest

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"testing"
	"time"

	"peixun/app"
	"peixun/data"
	"peixun/data/datatest"
)

// Hospital is an App with invented people in a few departments, for the tests and pictures of screens.
// Its plan costs 40.00 元 a person. Orders and recharges are made with its methods.
type Hospital struct {
	*app.App
	Clock *Clock
	Plan  data.Plan
	// Departments are the organisations' keys by name; 社区服务站 pays for itself, the unit for all others.
	Departments map[string]int64
	test        testing.TB
}

// departments take the people in turn.
var departments = []string{"信息中心", "后勤保障部", "骨科", "急诊科", "护理部"}

// NewHospital opens an App and imports so many people; every 12th has no mobile, the last belongs to 社区服务站.
func NewHospital(t testing.TB, people int) *Hospital {
	t.Helper()
	a, clock := NewWithClock(t)
	h := &Hospital{App: a, Clock: clock, Departments: map[string]int64{}, test: t}
	ctx := context.Background()
	plan, err := a.CurrentPlan(ctx)
	h.must(err)
	plan.Price = 40_00
	_, err = a.SavePlan(ctx, plan)
	h.must(err)
	h.Plan = plan
	h.At("2022-03-08 09:00:00")
	tree, err := a.Organizations(ctx)
	h.must(err)
	for _, name := range append([]string{"社区服务站"}, departments...) {
		id, err := a.SaveOrganization(ctx, data.Organization{ParentID: tree.Root().ID, Name: name})
		h.must(err)
		h.Departments[name] = id
	}
	station := h.Departments["社区服务站"]
	_, err = a.SaveOrganization(ctx, data.Organization{ID: station, ParentID: tree.Root().ID, Name: "社区服务站", PayerID: station})
	h.must(err)
	if people > 0 {
		h.importPeople(people)
	}
	h.At("2022-06-17 13:02:11")
	return h
}

func (h *Hospital) importPeople(people int) {
	h.test.Helper()
	var sheet bytes.Buffer
	sheet.WriteString("姓名,身份证号,手机号,组织机构,用户名\n")
	for n := range people {
		mobile, department := datatest.Mobile(n+417), departments[n%len(departments)]
		if n%12 == 7 {
			mobile = ""
		}
		if n == people-1 && people > 1 {
			department = "社区服务站"
		}
		fmt.Fprintf(&sheet, "%s,%s,%s,%s,jy%04d\n", datatest.Name(n), datatest.IDNumber(n), mobile, department, 333+n*3)
	}
	path := filepath.Join(h.test.TempDir(), "名单.csv")
	h.must(os.WriteFile(path, sheet.Bytes(), 0o600))
	plan, err := h.PlanImport(context.Background(), path, app.ImportOptions{})
	h.must(err)
	_, err = h.CommitImport(context.Background(), plan, nil)
	h.must(err)
}

func (h *Hospital) must(err error) {
	h.test.Helper()
	if err != nil {
		h.test.Fatal(err)
	}
}

// At sets the clock to a time like 2022-06-17 13:02:11.
func (h *Hospital) At(moment data.Moment) {
	h.test.Helper()
	at, err := time.ParseInLocation("2006-01-02 15:04:05", string(moment), data.Shanghai)
	h.must(err)
	h.Clock.at = at
}

// now sets the clock back to the time of all tests.
func (h *Hospital) now() { h.Clock.at = Now }

// People gives the keys of everybody in a department, or of all where it is "".
func (h *Hospital) People(department string) []int64 {
	h.test.Helper()
	query := data.TraineeQuery{Sort: "username"}
	if department != "" {
		query.OrganizationIDs = []int64{h.Departments[department]}
	}
	ids, err := h.TraineeIDs(context.Background(), query)
	h.must(err)
	return ids
}

// Draft makes an order by which the unit pays for so many people, ready to be submitted.
func (h *Hospital) Draft(on data.Moment, people int) data.Order {
	h.test.Helper()
	ctx := context.Background()
	defer h.now()
	h.At(on)
	order, err := h.NewOrder(ctx, h.Plan, data.PayFirst)
	h.must(err)
	tree, err := h.Organizations(ctx)
	h.must(err)
	order.Lines = []data.OrderLine{{OrganizationID: tree.Root().ID, OrganizationPath: tree.Root().Path, People: people, Amount: h.Plan.Price * data.Money(people)}}
	order.PayerBank, order.PayerAccount, order.PaidAt = "城南商业银行育才支行", "330101201900556678", on
	order.Invoice.Email, order.Invoice.Mobile = "cwk@bj9y.example", "13800000518"
	order, err = h.SaveOrder(ctx, order)
	h.must(err)
	_, err = h.AddVoucher(ctx, order.ID, "回单.png", voucher(order.ID))
	h.must(err)
	order, err = h.Order(ctx, order.ID)
	h.must(err)
	return order
}

// Submitted makes an order that is 待审核.
func (h *Hospital) Submitted(on data.Moment, people int) data.Order {
	h.test.Helper()
	order := h.Draft(on, people)
	defer h.now()
	h.At(on)
	order, err := h.SubmitOrder(context.Background(), order.ID)
	h.must(err)
	return order
}

// Approved makes an order that is 审核通过 since reviewed; its batch is in BatchNumber.
func (h *Hospital) Approved(on, reviewed data.Moment, people int) data.Order {
	h.test.Helper()
	order := h.Submitted(on, people)
	defer h.now()
	h.At(reviewed)
	order, err := h.ApproveOrder(context.Background(), order.ID, "", reviewed)
	h.must(err)
	return order
}

// Charge recharges people from a batch with the plan's price each.
func (h *Hospital) Charge(on data.Moment, batch string, people ...int64) {
	h.test.Helper()
	defer h.now()
	h.At(on)
	found, err := h.BatchByNumber(context.Background(), batch)
	h.must(err)
	_, err = h.Recharge(context.Background(), data.RechargeRun{BatchID: found.ID, Amount: h.Plan.Price, Trainees: people}, false, nil)
	h.must(err)
}

// voucher is a picture large enough to pass for a receipt; each order's differs.
func voucher(seed int64) []byte {
	picture := image.NewGray(image.Rect(0, 0, 900, 640))
	for at := range picture.Pix {
		picture.Pix[at] = 0xF4
	}
	picture.Set(int(seed%900), 10, color.Black)
	var content bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.BestSpeed}
	if err := encoder.Encode(&content, picture); err != nil {
		panic(err)
	}
	return content.Bytes()
}
