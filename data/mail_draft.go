package data

// MailDraft is a mail to be looked over and sent by the administrator's own mail program.
type MailDraft struct {
	From        string // the administrator's address
	To          string
	Subject     string
	Text        string // lines divided by \n
	Attachments []MailAttachment
}

// MailAttachment is a file that goes with a mail.
type MailAttachment struct {
	Name    string
	Type    string // MIME type
	Content []byte
}

// InvoiceRequestAddress is where an invoice before payment is asked for (manual, section 五.5).
const InvoiceRequestAddress = "bjjxjy@chinahrt.com"
