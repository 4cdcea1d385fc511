package mail

import (
	"bytes"
	"encoding/base64"
	"io"
	"mime"
	"mime/multipart"
	netmail "net/mail"
	"strings"
	"testing"
	"time"

	"peixun/data"
)

// A draft is read back by Go's own readers of RFC 5322, 2045 and 2047, which know nothing of how it was written.
func TestDraftIsReadBack(t *testing.T) {
	content := bytes.Repeat([]byte{0, 1, 2, 255}, 500)
	draft := data.MailDraft{From: "zhaoxl@bj9y.example", To: data.InvoiceRequestAddress, Subject: "先开票后缴费申请：北京市第九实验医院 1,600.00 元（JF-2022-0008）\r\nBcc: x@y.example",
		Text: "您好！\n\n𫰡 开票金额：1,600.00 元\n.\n谢谢", Attachments: []data.MailAttachment{{Name: `开票"信息/JF-2022-0008.xlsx`, Type: "application/octet-stream", Content: content}}}
	var out bytes.Buffer
	if err := Write(&out, draft, time.Date(2022, 6, 17, 13, 2, 11, 0, data.Shanghai)); err != nil {
		t.Fatal(err)
	}
	for _, line := range strings.Split(strings.TrimSuffix(out.String(), "\r\n"), "\r\n") {
		if len(line) > 200 || strings.ContainsAny(line, "\r\n") {
			t.Errorf("a line of %d bytes or with a bare line end: %.80q", len(line), line)
		}
		for _, b := range []byte(line) {
			if b > 126 {
				t.Fatalf("a byte beyond ASCII in %q", line)
			}
		}
	}
	message, err := netmail.ReadMessage(&out)
	if err != nil {
		t.Fatal(err)
	}
	words := new(mime.WordDecoder)
	subject, err := words.DecodeHeader(message.Header.Get("Subject"))
	if want := strings.ReplaceAll(draft.Subject, "\r\n", " "); err != nil || subject != want {
		t.Errorf("subject %q, %v", subject, err)
	}
	if message.Header.Get("X-Unsent") != "1" || message.Header.Get("To") != draft.To || message.Header.Get("From") != draft.From || message.Header.Get("Bcc") != "" {
		t.Errorf("headers: %v", message.Header)
	}
	if at, err := message.Header.Date(); err != nil || at.UTC().Format(time.DateTime) != "2022-06-17 05:02:11" {
		t.Errorf("date %v, %v", at, err)
	}
	_, parameters, err := mime.ParseMediaType(message.Header.Get("Content-Type"))
	if err != nil {
		t.Fatal(err)
	}
	parts := multipart.NewReader(message.Body, parameters["boundary"])
	for n, want := range []string{strings.ReplaceAll(draft.Text, "\n", "\r\n"), string(content)} {
		part, err := parts.NextRawPart()
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(base64.NewDecoder(base64.StdEncoding, part))
		if err != nil || string(body) != want {
			t.Errorf("part %d: %q, %v", n, body, err)
		}
		if n == 1 {
			_, disposition, err := mime.ParseMediaType(part.Header.Get("Content-Disposition"))
			if err != nil || disposition["filename"] != "开票_信息_JF-2022-0008.xlsx" {
				t.Errorf("attached as %q, %v", disposition, err)
			}
			_, kind, err := mime.ParseMediaType(part.Header.Get("Content-Type"))
			if err != nil || kind["name"] != "开票_信息_JF-2022-0008.xlsx" {
				t.Errorf("named %q, %v", kind["name"], err)
			}
		}
	}
	if _, err := parts.NextRawPart(); err != io.EOF {
		t.Errorf("more parts: %v", err)
	}
}
