package cli

import (
	"context"

	"peixun/data"
)

// orderWord is what commands on one order call their argument.
const orderWord = "订单号"

func orderCommands() []command {
	return []command{
		{name: "order new", flags: newOrderUsage, prepare: prepareNewOrder, summary: "新建缴费订单草稿，并列出还缺什么"},
		onOrder("order submit", "", "检查并提交审核；提醒由这次提交确认", func(*flags) orderChange { return submitOrder }),
		onOrder("order approve", "[--batch 批次号]", "登记审核通过，生成学习卡批次", func(f *flags) orderChange {
			batch := f.text("batch")
			return func(ctx context.Context, c *call, order data.Order) (reply, error) {
				return c.changed(ctx)(c.app.ApproveOrder(ctx, order.ID, *batch, ""))
			}
		}),
		onOrder("order reject", "--reason 审核意见", "登记审核驳回", func(f *flags) orderChange {
			reason := f.need("reason")
			return func(ctx context.Context, c *call, order data.Order) (reply, error) {
				return c.changed(ctx)(c.app.RejectOrder(ctx, order.ID, *reason, ""))
			}
		}),
		onOrder("order revise", "", "把驳回的订单改回草稿，修订次数加一", func(*flags) orderChange {
			return func(ctx context.Context, c *call, order data.Order) (reply, error) {
				return c.changed(ctx)(c.app.ReviseOrder(ctx, order.ID))
			}
		}),
		onOrder("order void", "--reason 原因", "作废订单，订单号不再使用", func(f *flags) orderChange {
			reason := f.need("reason")
			return func(ctx context.Context, c *call, order data.Order) (reply, error) {
				return c.changed(ctx)(c.app.VoidOrder(ctx, order.ID, *reason))
			}
		}),
		onOrder("order invoice", "--number 发票号码 --date 开票日期", "登记已开票", prepareInvoice),
		onOrder("order request-invoice", "--out F.eml", "先开票后缴费：生成开票申请邮件草稿，附填好的表", prepareInvoiceRequest),
		onOrder("order reverse-invoice", "--date 红冲日期 --reason 原因", "登记发票已由开票方红冲", prepareReverseInvoice),
		onOrder("order refill-invoice", refillUsage, "红冲以后重新填写发票信息；没写的照原来的", prepareRefillInvoice),
		onOrder("order attach-invoice", "--file 发票文件", "附上发票的 PDF、OFD 或 XML 文件，并与登记的核对", prepareAttachInvoice),
		onOrder("order show", "[--reveal --reason 用途]", "查看订单；账号和手机号遮住，--reveal 显示全部并记入操作日志", prepareShow),
	}
}

// orderChange is a command's work on an order.
type orderChange func(ctx context.Context, c *call, order data.Order) (reply, error)

// onOrder is a command whose word is an order's number.
func onOrder(name, usage, summary string, prepare func(f *flags) orderChange) command {
	return command{name: name, words: []string{orderWord}, flags: usage, summary: summary, prepare: func(f *flags) action {
		change := prepare(f)
		return func(ctx context.Context, c *call) (reply, error) {
			order, err := c.app.OrderByNumber(ctx, c.words[0])
			if err != nil {
				return reply{}, err
			}
			return change(ctx, c, order)
		}
	}}
}

// changed answers with the order that a use case gives back.
func (c *call) changed(ctx context.Context) func(order data.Order, err error) (reply, error) {
	return func(order data.Order, err error) (reply, error) {
		if err != nil {
			return reply{}, err
		}
		return c.orderReply(ctx, masked(order), nil)
	}
}

func submitOrder(ctx context.Context, c *call, order data.Order) (reply, error) {
	gaps, err := c.app.OrderGaps(ctx, order.Cleaned())
	if err != nil {
		return reply{}, err
	}
	submitted, err := c.app.SubmitOrder(ctx, order.ID)
	if err != nil {
		return draftReplyOf(order, gaps, err), err
	}
	return c.orderReply(ctx, masked(submitted), fieldItems(gaps, data.LevelWarning))
}

func prepareShow(f *flags) orderChange {
	reveal, reason := f.flag("reveal"), f.text("reason")
	return func(ctx context.Context, c *call, order data.Order) (reply, error) {
		if !*reveal {
			return c.orderReply(ctx, masked(order), nil)
		}
		if *reason == "" {
			return reply{}, f.wrong("--reveal 要和 --reason 一起用，说明用途。")
		}
		order, err := c.app.RevealOrder(ctx, order.ID, *reason)
		if err != nil {
			return reply{}, err
		}
		return c.orderReply(ctx, order, nil)
	}
}
