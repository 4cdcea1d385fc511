package letter

import "peixun/data"

// DefaultText gives the letter's default wording. Nobody has published an official one, so it states only what the
// letter itself shows, and every block can be edited.
func DefaultText(content data.LetterContent) data.LetterText {
	paid := len(content.Orders) > 0
	record := "银行转账凭证"
	for _, order := range content.Orders {
		paid = paid && order.PaidAt != ""
		if order.Mode == data.PayOnline {
			record = "支付记录"
		}
	}
	opening := "我单位组织人员参加下列公共知识培训，由单位集体缴费。现将参训人数、缴费金额和开票信息确认如下，请予核对。"
	declaration := "我单位确认：上述参训人数、缴费金额、付款账户和开票信息真实、准确。如有差错，由我单位负责更正。"
	if paid {
		opening = "我单位组织人员参加下列公共知识培训，由单位集体缴费，现已缴清。现将参训人数、缴费金额和开票信息确认如下，请予核对。"
		declaration = "我单位确认：上述参训人数、缴费金额、付款账户和开票信息真实、准确，与缴费订单和" + record + "一致。如有差错，由我单位负责更正。"
	}
	return data.LetterText{Title: "确认书", Opening: opening, Declaration: declaration, Closing: "特此确认。"}
}

// wording gives the letter's text with the default in place of every block that is empty.
func wording(content data.LetterContent) data.LetterText {
	text, fallback := content.Text, DefaultText(content)
	for _, part := range []struct{ set, otherwise *string }{
		{&text.Title, &fallback.Title}, {&text.Opening, &fallback.Opening},
		{&text.Declaration, &fallback.Declaration}, {&text.Closing, &fallback.Closing},
	} {
		if *part.set == "" {
			*part.set = *part.otherwise
		}
	}
	return text
}
