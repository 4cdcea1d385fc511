package data

// The papers of an order, as its history names them.
const (
	PaymentRequestName = "付款申请单"
	OrderSheetName     = "缴费订单"
	ChecklistName      = "填报清单"
)

// OrderSheet is all that the paper of an order shows: what 订单详情 shows, for the unit's own files.
type OrderSheet struct {
	Order  Order
	Events []OrderEvent // the first first
	Made   Moment
}
