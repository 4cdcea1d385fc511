package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"peixun/data"
)

// TestInvoiceByCommand asks for an invoice by mail, records it, has it reversed and issued again.
func TestInvoiceByCommand(t *testing.T) {
	files := rosterReady(t)
	arguments := append(orderArguments(t, files), "--line", unit+"=16000", "--mode", "invoice-first")
	number := value[draftReply](t, 0, arguments...).Number
	mail := filepath.Join(files, "申请.eml")
	must(t, 0, "order", "request-invoice", number, "--out", mail)
	if content, err := os.ReadFile(mail); err != nil || !strings.Contains(string(content), "To: bjjxjy@chinahrt.com\r\n") {
		t.Errorf("the mail: %v\n%.300s", err, content)
	}
	if got := value[failure](t, exitFailed, "order", "reverse-invoice", number, "--date", "2022-06-17", "--reason", "开错"); got.Error.Code != "order-state" {
		t.Errorf("reversing what was not issued: %+v", got.Error)
	}
	must(t, 0, "order", "invoice", number, "--number", "22117000000012345678", "--date", "20220610")
	must(t, 2, "order", "reverse-invoice", number, "--date", "昨天", "--reason", "开错")
	reversed := value[orderReply](t, 0, "order", "reverse-invoice", number, "--date", "20220617", "--reason", "抬头开错")
	if reversed.Invoice.State != data.InvoiceReversed || reversed.Invoice.ReversedOn != "2022-06-17" {
		t.Errorf("reversed: %+v", reversed.Invoice)
	}
	must(t, 2, "order", "refill-invoice", number, "--invoice", "paper")
	if got := value[failure](t, exitFailed, "order", "refill-invoice", number, "--invoice", "special"); got.Error.Code != "invoice-address-missing" {
		t.Errorf("a special invoice without an address: %+v", got.Error)
	}
	filled := value[orderReply](t, 0, "order", "refill-invoice", number, "--title", "北京市第九实验医院分院")
	if filled.Invoice.State != data.InvoiceFilled || filled.Invoice.Title != "北京市第九实验医院分院" || filled.Invoice.TaxID != reversed.Invoice.TaxID {
		t.Errorf("refilled: %+v", filled.Invoice)
	}
	must(t, 0, "order", "invoice", number, "--number", "22117000000012345679", "--date", "20220618")
}

func TestInvoiceFileByCommand(t *testing.T) {
	files := batchReady(t)
	path := write(t, files, "发票.xml", `<?xml version="1.0" encoding="UTF-8"?><EInvoice><TaxSupervisionInfo><InvoiceNumber>22117000000012345678</InvoiceNumber></TaxSupervisionInfo></EInvoice>`)
	if got := value[failure](t, exitFailed, "order", "attach-invoice", "JF-2022-0001", "--file", path); got.Error.Code != "invoice-not-issued" {
		t.Errorf("before the invoice came: %+v", got.Error)
	}
	must(t, 0, "order", "invoice", "JF-2022-0001", "--number", "22117000000012345670", "--date", "20220610")
	if told := must(t, 0, "order", "attach-invoice", "JF-2022-0001", "--file", path).out; !strings.Contains(told, "发票号码不一致：文件上是 22117000000012345678，登记的是 22117000000012345670") {
		t.Errorf("told %s", told)
	}
	text := write(t, files, "发票.pdf", "not a PDF")
	if got := value[failure](t, exitFailed, "order", "attach-invoice", "JF-2022-0001", "--file", text); got.Error.Code != "invoice-file-kind" {
		t.Errorf("a text: %+v", got.Error)
	}
}

// TestOverlappingLinesWarn covers a parent beside its child, whose people both lines pay for.
func TestOverlappingLinesWarn(t *testing.T) {
	rosterReady(t)
	draft := value[draftReply](t, 0, "order", "new", "--plan", plan2022, "--line", unit+"=16000", "--line", "院本部/内科=3200")
	var said []string
	for _, warning := range draft.Warnings {
		if warning.Code == data.LineInside {
			said = append(said, warning.Message)
		}
	}
	if len(said) != 1 || !strings.Contains(said[0], "“院本部/内科”已经包含在“"+unit+"”里，") {
		t.Errorf("warned %q of %+v", said, draft.Warnings)
	}
}
