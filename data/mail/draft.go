// Package mail writes mails as drafts, .eml files that mail programs open ready to be looked over and sent. It sends nothing.
package mail

import (
	"encoding/base64"
	"io"
	"mime"
	"net/url"
	"strings"
	"time"

	"peixun/data"
)

const (
	newLine = "\r\n" // RFC 5322, section 2.3
	// bodyWidth is how many base64 characters stand on a line (RFC 2045, section 6.8).
	bodyWidth = 76
	// boundary parts the mail. No line of base64 begins with a dash.
	boundary = "=_peixun_draft_part"
)

// Write writes a draft: RFC 5322 headers with Chinese by RFC 2047, the text and the attachments in base64. X-Unsent makes Outlook
// open it for sending; Foxmail and Apple Mail offer to send it again.
func Write(w io.Writer, draft data.MailDraft, at time.Time) error {
	var out strings.Builder
	header := func(name, value string) { out.WriteString(name + ": " + value + newLine) }
	header("From", address(draft.From))
	header("To", address(draft.To))
	header("Subject", words(draft.Subject))
	header("Date", at.Format(time.RFC1123Z))
	header("X-Unsent", "1")
	header("MIME-Version", "1.0")
	header("Content-Type", `multipart/mixed; boundary="`+boundary+`"`)
	out.WriteString(newLine)
	part(&out, []byte(strings.ReplaceAll(draft.Text, "\n", newLine)), "Content-Type: text/plain; charset=UTF-8")
	for _, attachment := range draft.Attachments {
		name := strings.Join(strings.FieldsFunc(attachment.Name, func(r rune) bool { return r < ' ' || strings.ContainsRune(`/\"`, r) }), "_")
		// RFC 2231 alone: an encoded word inside quotes, which some programs write, is no name to a strict reader (RFC 2047, section 5).
		encoded := "UTF-8''" + strings.ReplaceAll(url.QueryEscape(name), "+", "%20")
		part(&out, attachment.Content, "Content-Type: "+attachment.Type+";"+newLine+" name*="+encoded, "Content-Disposition: attachment;"+newLine+" filename*="+encoded)
	}
	out.WriteString("--" + boundary + "--" + newLine)
	_, err := io.WriteString(w, out.String())
	return err
}

// address keeps line ends out of the headers.
func address(text string) string {
	return strings.Map(func(r rune) rune {
		if r <= ' ' {
			return -1
		}
		return r
	}, text)
}

// words writes a header's text in encoded words of at most 75 characters, one a line (RFC 2047, section 2).
func words(text string) string {
	clean := strings.Join(strings.FieldsFunc(text, func(r rune) bool { return r == '\r' || r == '\n' }), " ")
	return strings.ReplaceAll(mime.BEncoding.Encode("UTF-8", clean), "?= =?", "?="+newLine+" =?")
}

// part writes a part with its headers and its content in base64.
func part(out *strings.Builder, content []byte, headers ...string) {
	out.WriteString("--" + boundary + newLine + strings.Join(headers, newLine) + newLine + "Content-Transfer-Encoding: base64" + newLine + newLine)
	encoded := base64.StdEncoding.EncodeToString(content)
	for len(encoded) > bodyWidth {
		out.WriteString(encoded[:bodyWidth] + newLine)
		encoded = encoded[bodyWidth:]
	}
	out.WriteString(encoded + newLine)
}
