package data

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

var (
	reviewStates  = []ReviewState{ReviewDraft, ReviewReady, ReviewPacked, ReviewSubmitted, ReviewApproved, ReviewRejected, ReviewVoid}
	invoiceStates = []InvoiceState{InvoiceEmpty, InvoiceFilled, InvoiceIssued, InvoiceReversed}
	paymentModes  = []PaymentMode{PayFirst, InvoiceFirst, PayOnline}
)

// orderMoves writes DOMAIN §6 down once more, as a person reads it: for each action and mode the states "review/invoice" that it is
// allowed in and those that it leads to, * standing for every state and = for the same. All else is forbidden.
var orderMoves = map[OrderAction]map[PaymentMode][]string{
	ActEdit: same("草稿/* 草稿/=", "待提交/* 草稿/="),
	ActReady: {
		PayFirst: {"草稿/已填写 待提交/=", "草稿/已开票 待提交/="}, InvoiceFirst: {"草稿/已开票 待提交/="},
	},
	ActPack:   {PayFirst: {"待提交/* 已报盘/="}, InvoiceFirst: {"待提交/* 已报盘/="}},
	ActUnpack: {PayFirst: {"已报盘/* 待提交/="}, InvoiceFirst: {"已报盘/* 待提交/="}},
	ActSubmit: {
		PayFirst:     {"草稿/已填写 待审核/=", "草稿/已开票 待审核/=", "待提交/已填写 待审核/=", "待提交/已开票 待审核/=", "已报盘/已填写 待审核/=", "已报盘/已开票 待审核/="},
		InvoiceFirst: {"草稿/已开票 待审核/=", "待提交/已开票 待审核/=", "已报盘/已开票 待审核/="},
		PayOnline:    {"草稿/已填写 审核通过/=", "草稿/已开票 审核通过/=", "待提交/已填写 审核通过/=", "待提交/已开票 审核通过/=", "已报盘/已填写 审核通过/=", "已报盘/已开票 审核通过/="},
	},
	ActApprove: same("待审核/* 审核通过/="),
	ActReject:  same("待审核/* 审核驳回/="),
	ActTakeBack: {
		PayFirst: {"审核通过/* 待审核/="}, InvoiceFirst: {"审核通过/* 待审核/="}, PayOnline: {"审核通过/* 草稿/="},
	},
	ActRevise: same("待提交/* 草稿/=", "审核驳回/* 草稿/="),
	ActVoid: same("草稿/未填写 作废/=", "草稿/已填写 作废/=", "草稿/已红冲 作废/=", "待提交/未填写 作废/=", "待提交/已填写 作废/=", "待提交/已红冲 作废/=",
		"审核驳回/未填写 作废/=", "审核驳回/已填写 作废/=", "审核驳回/已红冲 作废/="),
	ActRequestInvoice: {InvoiceFirst: {"草稿/已填写 =/=", "待提交/已填写 =/="}},
	ActIssue:          same(live("已填写", "已开票")...),
	ActCorrect:        same(live("已开票", "=")...),
	ActWithdraw:       same(live("已开票", "已填写")...),
	ActReverse:        same("*/已开票 =/已红冲"),
	ActRefill:         same(live("已红冲", "已填写")...),
}

func same(moves ...string) map[PaymentMode][]string {
	return map[PaymentMode][]string{PayFirst: moves, InvoiceFirst: moves, PayOnline: moves}
}

// live are the moves of an invoice in every order that is not void.
func live(from, to string) []string {
	var moves []string
	for _, review := range reviewStates {
		if review != ReviewVoid {
			moves = append(moves, fmt.Sprintf("%s/%s =/%s", review, from, to))
		}
	}
	return moves
}

// Every action in every state of review, invoice and mode: what it leads to, or that it is forbidden.
func TestOrderActions(t *testing.T) {
	cases, allowed := 0, 0
	for _, action := range OrderActions {
		for _, mode := range paymentModes {
			for _, review := range reviewStates {
				for _, invoice := range invoiceStates {
					cases++
					o := Order{Mode: mode, Review: review, Invoice: Invoice{State: invoice}}
					want := expected(orderMoves[action][mode], review, invoice)
					nextReview, nextInvoice, ok := o.After(action)
					if ok {
						allowed++
					} else if nextReview != review || nextInvoice != invoice {
						t.Errorf("%s of %s %s/%s is refused and yet moves to %s/%s", action, mode, review, invoice, nextReview, nextInvoice)
					}
					if got := fmt.Sprintf("%s/%s", nextReview, nextInvoice); ok != (want != "") || ok && got != want {
						t.Errorf("%s of %s %s/%s gives %s (%t), want %q", action, mode, review, invoice, got, ok, want)
					}
					if o.May(action) != ok {
						t.Errorf("May(%s) is not After's answer", action)
					}
				}
			}
		}
	}
	if cases != 16*3*7*4 || allowed == 0 {
		t.Errorf("%d cases, %d allowed", cases, allowed)
	}
}

func expected(moves []string, review ReviewState, invoice InvoiceState) string {
	for _, move := range moves {
		from, to, _ := strings.Cut(move, " ")
		fromReview, fromInvoice, _ := strings.Cut(from, "/")
		toReview, toInvoice, _ := strings.Cut(to, "/")
		if (fromReview != "*" && fromReview != string(review)) || (fromInvoice != "*" && fromInvoice != string(invoice)) {
			continue
		}
		if toReview == "=" {
			toReview = string(review)
		}
		if toInvoice == "=" {
			toInvoice = string(invoice)
		}
		return toReview + "/" + toInvoice
	}
	return ""
}

// No state that is none allows anything, and 作废 allows nothing but to reverse what old data left.
func TestUnknownStatesAndVoidAllowNothing(t *testing.T) {
	for _, action := range OrderActions {
		if action != ActReverse && (Order{Review: "通过", Mode: PayFirst, Invoice: Invoice{State: InvoiceFilled}}).May(action) {
			t.Errorf("%s of an unknown state", action)
		}
		for _, invoice := range invoiceStates {
			void := Order{Review: ReviewVoid, Mode: PayFirst, Invoice: Invoice{State: invoice}}
			if void.May(action) && !(action == ActReverse && invoice == InvoiceIssued) {
				t.Errorf("%s of a void order", action)
			}
		}
	}
	if (Order{Review: ReviewDraft}).May("删除") || len(orderRules) != len(OrderActions) || slices.Contains(OrderActions, "") {
		t.Error("an action that is none")
	}
}
