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
		var pdf bytes.Buffer
		made, err := c.app.WriteLabels(ctx, &pdf, data.LabelRequest{})
		if err != nil {
			return reply{}, err
		}
		if err := app.SaveFile(*out, pdf.Bytes()); err != nil {
			return reply{}, err
		}
		sum := sha256.Sum256(pdf.Bytes())
		return paper(*out, paperReply{SHA256: hex.EncodeToString(sum[:]), Pages: made.Pages, Warnings: fieldItems(made.Warnings, data.LevelWarning)}), nil
	}
}
