package cli

import (
	"context"
	"fmt"
	"io"
	"maps"
	"strings"

	"peixun/data"
)

const newOrderUsage = `--plan 计划编号 --line 机构路径=金额 … [--mode pay-first|invoice-first|online] [--payer-bank 缴费银行] [--payer-account 缴费卡号] [--paid-on 转账时间] ` +
	`[--voucher 凭证图片 …] [--transaction 交易号] [--invoice normal|special] [--title 抬头] [--tax-id 税号] [--email 邮箱] [--mobile 手机号] ` +
	`[--address 注册地址] [--phone 注册电话] [--bank 开户行] [--account 开户行账号] [--remark 备注]`

// modes and invoiceTypes are the words that flags take.
var modes = map[string]data.PaymentMode{"pay-first": data.PayFirst, "invoice-first": data.InvoiceFirst, "online": data.PayOnline}

var invoiceTypes = map[string]data.InvoiceType{"normal": data.InvoiceNormal, "special": data.InvoiceSpecial}

// draftReply tells of a draft and what stands between it and its submission.
type draftReply struct {
	Number   string           `json:"number" label:"订单号"`
	State    data.ReviewState `json:"state" label:"审核状态"`
	Total    data.Money       `json:"total" label:"金额"`
	Missing  []fieldProblem   `json:"missing"`
	Warnings []fieldProblem   `json:"warnings"` // what submitting confirms
	Error    *fieldProblem    `json:"error,omitempty"`
}

func draftReplyOf(order data.Order, gaps []data.Problem, err error) reply {
	draft := draftReply{Number: order.Number, State: order.Review, Total: order.Total(), Missing: fieldItems(gaps, data.LevelError),
		Warnings: fieldItems(gaps, data.LevelWarning), Error: errorItem(err)}
	return reply{value: draft, text: draft.write}
}

// write tells people of a draft.
func (d draftReply) write(w io.Writer) {
	writeFields(w, d)
	if len(d.Missing) > 0 {
		fmt.Fprintf(w, "还差 %d 项：\n", len(d.Missing))
		writeProblems(w, d.Missing)
	}
	if len(d.Warnings) > 0 {
		fmt.Fprintln(w, "提交时要确认：")
		writeProblems(w, d.Warnings)
	}
}

// newOrder is the command's flags.
type newOrder struct {
	flags               *flags
	plan, mode, invoice *string
	lines, vouchers     *texts
	fields              map[string]*string // the flags that are a field as it is
}

func prepareNewOrder(f *flags) action {
	n := newOrder{flags: f, plan: f.need("plan"), mode: f.String("mode", "pay-first", ""), invoice: f.text("invoice"),
		lines: f.many("line"), vouchers: f.many("voucher"), fields: map[string]*string{}}
	for name := range orderFields(&data.Order{}) {
		n.fields[name] = f.text(name)
	}
	return n.run
}

// orderFields are an order's fields by the flag that fills them.
func orderFields(o *data.Order) map[string]*string {
	fields := invoiceFields(&o.Invoice)
	maps.Copy(fields, map[string]*string{"payer-bank": &o.PayerBank, "payer-account": &o.PayerAccount, "paid-on": (*string)(&o.PaidAt), "transaction": &o.Transaction})
	return fields
}

// run makes the draft once all that could be wrong with the arguments is judged.
func (n newOrder) run(ctx context.Context, c *call) (reply, error) {
	mode, ok := modes[*n.mode]
	if !ok {
		return reply{}, n.flags.wrong("--mode 要写 pay-first、invoice-first 或 online。")
	}
	var details data.Invoice
	if err := takeInvoiceType(n.flags, *n.invoice, &details); err != nil {
		return reply{}, err
	}
	plan, err := c.app.PlanByNumber(ctx, *n.plan)
	if err != nil {
		return reply{}, err
	}
	lines, err := n.orderLines(ctx, c)
	if err != nil {
		return reply{}, err
	}
	order, err := c.app.NewOrder(ctx, plan, mode)
	if err != nil {
		return reply{}, err
	}
	order.Lines = lines
	for name, field := range orderFields(&order) {
		if n.flags.given(name) {
			*field = *n.fields[name]
		}
	}
	if details.Type != "" {
		order.Invoice.Type = details.Type
	}
	return n.store(ctx, c, order)
}

// store fills the draft. What goes wrong now leaves it as a draft that the answer names.
func (n newOrder) store(ctx context.Context, c *call, order data.Order) (reply, error) {
	saved, failed := c.app.SaveOrder(ctx, order.Cleaned())
	for _, path := range *n.vouchers {
		if failed == nil {
			_, failed = c.app.AddVoucherFile(ctx, saved.ID, path)
		}
	}
	stored, err := c.app.Order(ctx, order.ID)
	if err != nil {
		return reply{}, err
	}
	gaps, err := c.app.OrderGaps(ctx, stored)
	if err != nil {
		return reply{}, err
	}
	return draftReplyOf(stored, gaps, failed), failed
}

// orderLines reads PATH=AMOUNT; the last = divides, since a name may hold one.
func (n newOrder) orderLines(ctx context.Context, c *call) ([]data.OrderLine, error) {
	var lines []data.OrderLine
	met := map[int64]bool{}
	for _, written := range *n.lines {
		at := strings.LastIndex(written, "=")
		if at < 0 {
			return nil, n.flags.wrong(fmt.Sprintf("--line 要写成 机构路径=金额，不是“%s”。", shown(written)))
		}
		amount, err := data.ParseMoney(written[at+1:])
		if err != nil {
			return nil, asUsage(err)
		}
		o, err := c.organization(ctx, written[:at])
		if err != nil {
			return nil, err
		}
		if met[o.ID] {
			return nil, n.flags.wrong(fmt.Sprintf("机构“%s”写了两次。", o.Path))
		}
		met[o.ID] = true
		people, err := c.app.PeoplePaidFor(ctx, o.ID)
		if err != nil {
			return nil, err
		}
		lines = append(lines, data.OrderLine{OrganizationID: o.ID, OrganizationPath: o.Path, People: people, Amount: amount})
	}
	return lines, nil
}
