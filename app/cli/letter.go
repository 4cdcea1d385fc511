package cli

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"

	"peixun/app"
	"peixun/data"
)

// paperReply tells of a PDF that was written.
type paperReply struct {
	Number string `json:"number" label:"编号"`
	SHA256 string `json:"sha256" label:"SHA-256"`
	Pages  int    `json:"pages" label:"页数"`
	// Warnings tell what to look at before it is printed.
	Warnings []fieldProblem `json:"warnings,omitempty"`
}

func paper(path string, made paperReply) reply {
	return reply{value: made, text: func(w io.Writer) {
		fmt.Fprintln(w, "已写出", path)
		writeFields(w, made)
		if len(made.Warnings) > 0 {
			fmt.Fprintln(w, "打印前请看：")
			writeProblems(w, made.Warnings)
		}
	}}
}

func letterCommands() []command {
	return []command{
		{name: "letter", flags: "--order 订单号 [--order 订单号 …] [--list none|masked|whole [--reason 原因]] --out 文件.pdf",
			summary: "打印确认书，几个订单可以合用一份；内容没有变就还是同一份、同一编号", prepare: prepareLetter},
		{name: "label", flags: "--out 文件.pdf", summary: "打印确认书的邮寄标签", prepare: prepareLabel},
	}
}

// sheetCommands are the papers for the unit's own offices.
func sheetCommands() []command {
	order := func(name, summary string, write func(a *app.App) func(context.Context, int64, io.Writer) (app.Written, error)) command {
		return command{name: "sheet " + name, flags: "--order 订单号 --out 文件.pdf", summary: summary, prepare: func(f *flags) action {
			number, out := f.need("order"), f.need("out")
			return func(ctx context.Context, c *call) (reply, error) {
				found, err := c.app.OrderByNumber(ctx, *number)
				if err != nil {
					return reply{}, err
				}
				return savePaper(*out, found.Number, func(w io.Writer) (app.Written, error) { return write(c.app)(ctx, found.ID, w) })
			}
		}}
	}
	return []command{
		order("request", "打印付款申请单", func(a *app.App) func(context.Context, int64, io.Writer) (app.Written, error) {
			return a.PaymentRequestPaper
		}),
		order("order", "打印缴费订单", func(a *app.App) func(context.Context, int64, io.Writer) (app.Written, error) {
			return a.OrderSheetPaper
		}),
		{name: "sheet hours", flags: "--plan 计划编号 --out 文件.pdf", summary: "打印学时汇总表", prepare: func(f *flags) action {
			number, out := f.need("plan"), f.need("out")
			return func(ctx context.Context, c *call) (reply, error) {
				plan, err := c.app.PlanByNumber(ctx, *number)
				if err != nil {
					return reply{}, err
				}
				return savePaper(*out, plan.Number, func(w io.Writer) (app.Written, error) { return c.app.WriteHoursSummary(ctx, w, plan.ID) })
			}
		}},
	}
}

// savePaper writes a paper into a file, whole or not at all.
func savePaper(out, number string, write func(w io.Writer) (app.Written, error)) (reply, error) {
	var pdf bytes.Buffer
	made, err := write(&pdf)
	if err != nil {
		return reply{}, err
	}
	if err := app.SaveFile(out, pdf.Bytes()); err != nil {
		return reply{}, err
	}
	sum := sha256.Sum256(pdf.Bytes())
	return paper(out, paperReply{number, hex.EncodeToString(sum[:]), made.Pages, fieldItems(made.Warnings, data.LevelWarning)}), nil
}

// letterLists are the words for what a letter says of its people.
var letterLists = map[string]data.LetterList{"none": data.ListNone, "masked": data.ListMasked, "whole": data.ListWhole}

func prepareLetter(f *flags) action {
	numbers, list, reason, out := f.many("order"), f.text("list"), f.text("reason"), f.need("out")
	f.required = append(f.required, "order")
	return func(ctx context.Context, c *call) (reply, error) {
		how, known := letterLists[*list]
		if *list != "" && !known {
			return reply{}, f.wrong("--list 后面是 none、masked 或 whole。")
		}
		var orders []int64
		for _, number := range *numbers {
			order, err := c.app.OrderByNumber(ctx, number)
			if err != nil {
				return reply{}, err
			}
			orders = append(orders, order.ID)
		}
		var made app.MadeLetter
		var err error
		if len(orders) == 1 && *list == "" {
			made, err = c.app.MakeLetter(ctx, orders[0])
		} else {
			made, err = c.app.ComposeLetter(ctx, data.LetterRequest{OrderIDs: orders, List: how, Reason: *reason})
		}
		if err != nil {
			return reply{}, err
		}
		if err := app.SaveFile(*out, made.PDF); err != nil {
			return reply{}, err
		}
		return paper(*out, paperReply{made.Number, made.SHA256, made.Pages, fieldItems(made.Warnings, data.LevelWarning)}), nil
	}
}

func prepareLabel(f *flags) action {
	out := f.need("out")
	return func(ctx context.Context, c *call) (reply, error) {
		return savePaper(*out, "", func(w io.Writer) (app.Written, error) { return c.app.WriteLabels(ctx, w, data.LabelRequest{}) })
	}
}
