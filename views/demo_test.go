//go:build ci

package views

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"peixun/app"
	"peixun/app/apptest"
	"peixun/data"
	"peixun/data/datatest"
)

// demo is a unit in the middle of its year, with something on every page. Everything in it is invented and the same in every run.
type demo struct {
	*apptest.Hospital
	t testing.TB
}

// newDemo makes it with so many people, at least 30.
func newDemo(t testing.TB, people int) *demo {
	t.Helper()
	d := &demo{apptest.NewHospital(t, people), t}
	ids, part := d.People(""), people/6
	d.Approved("2022-03-09 15:21:16", "2022-03-12 09:30:00", 2*part)
	d.Charge("2022-03-20 10:00:00", "XK-2022-0001", ids[:part]...)
	d.Charge("2022-04-20 10:00:00", "XK-2022-0001", ids[part:2*part]...)
	d.invoice("JF-2022-0001", "22112000000041860935", "2022-03-18")
	d.Approved("2022-04-08 09:00:00", "2022-04-13 10:00:00", part)
	d.Approved("2022-05-14 09:00:00", "2022-05-20 10:00:00", part)
	d.Charge("2022-05-25 10:00:00", "XK-2022-0002", ids[2*part:3*part]...)
	d.invoice("JF-2022-0003", "22112000000041861102", "2022-05-24")
	d.Submitted("2022-06-02 15:21:16", part/2)
	d.rejected("2022-06-05 09:00:00", part/4)
	d.online("2022-06-10 10:26:08", 2)
	d.Draft("2022-06-14 15:21:16", part/3)
	d.hours(ids)
	d.disabled(ids)
	d.letters()
	d.bank()
	d.handedOver()
	d.must(d.ChoosePlan(d.ctx(), d.Plan))
	return d
}

func (d *demo) ctx() context.Context { return context.Background() }

func (d *demo) must(err error) {
	d.t.Helper()
	if err != nil {
		d.t.Fatal(err)
	}
}

// at runs something at another time than that of all tests.
func (d *demo) at(moment data.Moment, do func() error) {
	d.t.Helper()
	d.At(moment)
	err := do()
	d.At("2022-06-17 13:02:11")
	d.must(err)
}

func (d *demo) order(number string) data.Order {
	d.t.Helper()
	order, err := d.OrderByNumber(d.ctx(), number)
	d.must(err)
	return order
}

func (d *demo) invoice(number, invoice string, day data.Date) {
	d.t.Helper()
	d.at(data.Moment(day+" 10:00:00"), func() error {
		_, err := d.InvoiceOrder(d.ctx(), d.order(number).ID, invoice, day)
		return err
	})
}

func (d *demo) rejected(on data.Moment, people int) {
	d.t.Helper()
	order := d.Submitted(on, people)
	d.at("2022-06-08 09:00:00", func() error {
		_, err := d.RejectOrder(d.ctx(), order.ID, "凭证看不清，请重新上传", "2022-06-08 09:00:00")
		return err
	})
}

func (d *demo) online(on data.Moment, people int) {
	d.t.Helper()
	d.at(on, func() error {
		order, err := d.NewOrder(d.ctx(), d.Plan, data.PayOnline)
		if err != nil {
			return err
		}
		station := d.Departments["社区服务站"]
		order.Lines = []data.OrderLine{{OrganizationID: station, OrganizationPath: "社区服务站", People: people, Amount: d.Plan.Price * data.Money(people)}}
		order.Transaction, order.PaidAt = "4200001522202206103876", on
		if order, err = d.SaveOrder(d.ctx(), order); err != nil {
			return err
		}
		_, err = d.SubmitOrder(d.ctx(), order.ID)
		return err
	})
}

// hours lets a third of the people reach the plan's target.
func (d *demo) hours(ids []int64) {
	d.t.Helper()
	for _, one := range []struct {
		on         data.Moment
		name, from string
		to, hours  string
		people     []int64
	}{
		{"2022-04-22 16:00:00", "专业技术人员职业道德", "2022-04-18", "2022-04-21", "32", ids[:len(ids)/3]},
		{"2022-06-10 16:00:00", "科研诚信与学术规范", "2022-06-09", "2022-06-09", "7.5", ids[len(ids)/4 : len(ids)/2]},
	} {
		d.at(one.on, func() error {
			_, err := d.AddHours(d.ctx(), app.HoursEntry{PlanID: d.Plan.ID, TraineeIDs: one.people, Cells: map[string]string{
				"title": one.name, "category": "公共", "form": "面授", "organizer": "科教科", "place": "门诊楼五层报告厅",
				"starts_on": one.from, "ends_on": one.to, "hours": one.hours, "result": "合格"}})
			return err
		})
	}
}

func (d *demo) disabled(ids []int64) {
	d.t.Helper()
	d.at("2022-06-01 09:00:00", func() error {
		_, err := d.SetTraineeStatus(d.ctx(), ids[len(ids)-3:len(ids)-1], data.TraineeDisabled)
		return err
	})
}

func (d *demo) letters() {
	d.t.Helper()
	for number, steps := range []struct {
		order string
		moves []data.LetterMove
	}{
		{"JF-2022-0001", []data.LetterMove{{To: data.LetterPrinted, On: "2022-05-25"}, {To: data.LetterStamped, On: "2022-05-26"}, {To: data.LetterSent, On: "2022-05-27", Carrier: "中国邮政", Tracking: "EA123456789CN"}}},
		{"JF-2022-0003", nil},
	} {
		d.at(data.Moment(fmt.Sprintf("2022-05-2%d 11:00:00", 5+number)), func() error {
			made, err := d.MakeLetter(d.ctx(), d.order(steps.order).ID)
			if err != nil {
				return err
			}
			for _, move := range steps.moves {
				d.At(data.Moment(move.On + " 15:00:00"))
				if err := d.MoveLetters(d.ctx(), []int64{made.ID}, move); err != nil {
					return err
				}
			}
			return nil
		})
	}
}

// file writes a file as a person might have it.
func (d *demo) file(name, content string) string {
	d.t.Helper()
	path := filepath.Join(d.t.TempDir(), name)
	d.must(os.WriteFile(path, []byte(content), 0o600))
	return path
}

// bank brings the unit's statement in and settles the first payment.
func (d *demo) bank() {
	d.t.Helper()
	lines := []string{"交易时间,借方发生额,贷方发生额,余额,对方户名,对方账号,摘要,交易流水号", "2022-03-02,,900000.00,980000.00,某某医药公司,6222,货款,0001"}
	balance := data.Money(980_000_00)
	for serial, number := range []string{"JF-2022-0001", "JF-2022-0002", "JF-2022-0003", "JF-2022-0004"} {
		order := d.order(number)
		balance -= order.Total()
		lines = append(lines, fmt.Sprintf("%s,%s,,%s,%s,%s,培训费,2022%011d", order.PaidAt.Date(), order.Total().Plain(), balance.Plain(), data.DefaultPayee.Name, data.DefaultPayee.Account, 1127+serial*293))
	}
	balance -= 2_000_00
	lines = append(lines, fmt.Sprintf("2022-06-15,2000.00,,%s,%s,,培训费,20220615008046", balance.Plain(), data.DefaultPayee.Name))
	d.at("2022-06-16 09:00:00", func() error {
		plan, err := d.PlanStatement(d.ctx(), d.file("银行明细.csv", strings.Join(lines, "\n")+"\n"), app.StatementOptions{})
		if err != nil {
			return err
		}
		if _, err := d.CommitStatement(d.ctx(), plan); err != nil {
			return err
		}
		_, err = d.SettleCertain(d.ctx())
		return err
	})
}

// handedOver writes a package of half of what there is, with the platform's answer for it.
func (d *demo) handedOver() {
	d.t.Helper()
	d.at("2022-06-16 15:00:00", func() error {
		plan, err := d.PlanSubmission(d.ctx(), app.SubmissionRequest{PlanID: d.Plan.ID, WithoutFaulty: true})
		if err != nil {
			return err
		}
		_, err = d.WriteSubmission(d.ctx(), plan, d.t.TempDir(), nil)
		return err
	})
	added := map[string]string{"name": datatest.Name(555), "id_number": datatest.IDNumber(5555), "mobile": datatest.Mobile(5555), "organization": "骨科"}
	d.at("2022-06-17 09:15:00", func() error {
		_, err := d.AddTrainee(d.ctx(), added)
		return err
	})
}
