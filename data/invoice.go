package data

// InvoiceProfile are invoice details that the unit remembers (开票资料), to be chosen instead of typed again.
type InvoiceProfile struct {
	ID      int64
	Name    string  // as lists show it; the title where none was given
	Invoice Invoice // the form's fields; nothing of what became of an invoice
	Default bool    // taken for a new order; at most one
}

// InvoiceIssue is what is entered when an invoice has come.
type InvoiceIssue struct {
	Number   string
	IssuedOn Date
	Amount   Money // 价税合计, in 分; it must be the order's total
}

// InvoiceRecord is an invoice that was issued for an order; an order has one for every time it was issued.
type InvoiceRecord struct {
	ID int64
	InvoiceIssue
	OrderID       int64
	ReversedOn    Date   // 红冲
	ReverseReason string // why
	Files         []InvoiceFile
}

// InvoiceFile is the invoice itself as a file, kept byte for byte. Content is loaded only on request.
type InvoiceFile struct {
	ID      int64
	Name    string
	Type    string // by content: application/pdf, application/ofd or application/xml
	Size    int64  // bytes
	SHA256  string
	AddedAt Moment
	Facts   InvoiceFacts
}

// InvoiceFacts is what an invoice's file says of itself. Empty parts were not found.
type InvoiceFacts struct {
	Number         string
	IssuedOn       Date
	Amount         Money // 价税合计, in 分
	BuyerName      string
	BuyerTaxNumber string
}

// MaxInvoiceFile is the largest invoice file that is kept, in bytes.
const MaxInvoiceFile = 20 << 20

// CheckInvoiceFile compares what an invoice's file says with what was entered; what the file does not say is left out.
func CheckInvoiceFile(file InvoiceFile, record InvoiceRecord, details Invoice) []ReceiptCheck {
	return nil
}
