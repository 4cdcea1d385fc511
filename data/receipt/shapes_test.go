package receipt

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/jung-kurt/gofpdf"

	"peixun/assets"
)

// printed is a piece of text on a receipt, its place in points from the top left corner.
type printed struct {
	x, y float64
	text string
}

// What every receipt of these tests says.
const (
	payerName, payerAccount = "北京市第九实验医院", "330101201900556678"
	payeeName, payeeAccount = "国培网(北京)教育科技有限公司", "110060593018800003058"
	fontSize                = 9.0
)

// shapes are receipts as the banks lay them out.
var shapes = map[string][]printed{
	// Headings at the table's edges with their characters below each other, bare labels in two columns, a time stamp with full stops.
	"工商银行": {
		{230, 50, "中国工商银行 网上银行电子回单"}, {40, 80, "电子回单号码：0006-9821-5520-2206"},
		{45, 112, "付"}, {45, 130, "款"}, {45, 148, "人"}, {70, 110, "户 名"}, {125, 110, payerName}, {70, 130, "账 号"}, {125, 130, payerAccount}, {70, 150, "开户银行"}, {125, 150, "工行北京和平里支行"},
		{305, 112, "收"}, {305, 130, "款"}, {305, 148, "人"}, {330, 110, "户 名"}, {385, 110, "国培网（北京）教育科技有限公司"}, {330, 130, "账 号"}, {385, 130, payeeAccount}, {330, 150, "开户银行"}, {385, 150, "交通银行北京和平里东街支行"},
		{45, 175, "金额"}, {125, 175, "人民币（大写）：壹仟陆佰元整"}, {385, 175, "¥1,600.00元"},
		{45, 195, "摘要"}, {125, 195, "公共知识培训费"}, {305, 195, "业务（产品）种类"}, {400, 195, "跨行汇款"},
		{45, 215, "用途"}, {125, 215, "2022年公共知识培训费"}, {45, 235, "交易流水号"}, {125, 235, "91823341"}, {305, 235, "时间戳"}, {385, 235, "2022-06-14-10.26.08.123456"},
		{45, 255, "备注：验证码：7F3A90C211BE"}, {45, 275, "记账网点"}, {125, 275, "0200"}, {305, 275, "记账日期"}, {385, 275, "2022年06月14日"},
	},
	// A day without a time and 全称 instead of 户名; the capitals stand before the figures on one line.
	"建设银行": {
		{210, 50, "中国建设银行网上银行电子回执"}, {40, 80, "币别：人民币"}, {160, 80, "日期：20220614"}, {290, 80, "凭证号：105322061400"}, {420, 80, "账户明细编号-交易流水号：339-11"},
		{45, 120, "付款人"}, {95, 110, "全称"}, {140, 110, payerName}, {305, 120, "收款人"}, {355, 110, "全称"}, {400, 110, payeeName},
		{95, 130, "账号"}, {140, 130, payerAccount}, {355, 130, "账号"}, {400, 130, payeeAccount},
		{95, 150, "开户行"}, {140, 150, "建行北京安贞支行"}, {355, 150, "开户行"}, {400, 150, "交通银行北京和平里东街支行"},
		{45, 175, "大写金额"}, {140, 175, "壹仟陆佰元整"}, {305, 175, "小写金额"}, {400, 175, "1,600.00"},
		{45, 195, "用途"}, {140, 195, "公共知识培训费"}, {305, 195, "钞汇标志"}, {400, 195, "钞"},
	},
	// Labels that name their side, value behind a colon; CNY before the figures.
	"中国银行": {
		{220, 50, "中国银行 国内支付业务付款回单"}, {40, 80, "客户号：188233014"}, {320, 80, "日期：2022年06月14日"},
		{40, 100, "付款人账号：" + payerAccount}, {320, 100, "收款人账号：" + payeeAccount},
		{40, 116, "付款人名称：" + payerName}, {320, 116, "收款人名称：" + payeeName},
		{40, 132, "付款人开户行：中国银行北京安贞支行"}, {320, 132, "收款人开户行：交通银行北京和平里东街支行"},
		{40, 156, "金额：CNY1,600.00"}, {40, 172, "人民币壹仟陆佰元整"}, {40, 196, "业务种类：转账支出"}, {320, 196, "业务编号：22061455"},
		{40, 212, "用途：公共知识培训费"}, {320, 212, "交易流水号：4471009833"},
	},
	// Everything below each other in one column, the account in groups of four.
	"交通银行": {
		{240, 50, "交通银行 电子回单"}, {40, 80, "回单编号："}, {110, 80, "2206141026005520"}, {320, 80, "记账日期："}, {390, 80, "2022-06-14"},
		{40, 110, "付款人名称："}, {130, 110, payerName}, {40, 126, "付款人账号："}, {130, 126, "3301 0120 1900 5566 78"},
		{40, 150, "收款人名称："}, {130, 150, payeeName}, {40, 166, "收款人账号："}, {130, 166, "1100 6059 3018 8000 0305 8"},
		{40, 190, "币种："}, {130, 190, "人民币"}, {40, 206, "金额（小写）："}, {130, 206, "1,600.00"}, {40, 222, "金额（大写）："}, {130, 222, "壹仟陆佰元整"},
		{40, 246, "交易时间："}, {130, 246, "2022-06-14 10:26:08"},
	},
	// Labels above their values, the payer's account hidden in the middle.
	"农业银行": {
		{220, 50, "中国农业银行 网上银行电子回单"}, {40, 80, "电子回单号："}, {120, 80, "ABC20220614331902"},
		{40, 110, "付款方账号"}, {180, 110, "付款方户名"}, {320, 110, "收款方账号"}, {460, 110, "收款方户名"},
		{40, 126, "3301********556678"}, {180, 126, payerName}, {320, 126, payeeAccount}, {440, 126, payeeName},
		{40, 156, "金额（小写）"}, {180, 156, "金额（大写）"}, {320, 156, "交易日期"}, {460, 156, "交易时间"},
		{40, 172, "1,600.00"}, {180, 172, "壹仟陆佰元整"}, {320, 172, "2022-06-14"}, {460, 172, "10:26:08"},
	},
}

// embedded writes a receipt with our own font in it.
func embedded(t testing.TB, texts []printed) []byte {
	t.Helper()
	pdf := gofpdf.New("P", "pt", "A4", "")
	pdf.AddUTF8FontFromBytes("song", "", bytes.Clone(assets.SerifRegular))
	pdf.AddPage()
	pdf.SetFont("song", "", fontSize)
	for _, text := range texts {
		pdf.Text(text.x, text.y, text.text)
	}
	var out bytes.Buffer
	if err := pdf.Output(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// named writes a receipt that only names 宋体, as most banks do, a glyph for each UTF-16 unit.
func named(texts []printed) []byte {
	const height = 842
	var content strings.Builder
	for _, text := range texts {
		fmt.Fprintf(&content, "BT /F1 %g Tf %g %g Td <", fontSize, text.x, height-text.y)
		for _, unit := range utf16.Encode([]rune(text.text)) {
			fmt.Fprintf(&content, "%04X", unit)
		}
		content.WriteString("> Tj ET\n")
	}
	objects := []string{
		"<</Type/Catalog /Pages 2 0 R>>", "<</Type/Pages /Kids[3 0 R] /Count 1>>",
		"<</Type/Page /Parent 2 0 R /MediaBox[0 0 595 842] /Contents 4 0 R /Resources <</Font<</F1 5 0 R>>>>>>",
		fmt.Sprintf("<</Length %d>>\nstream\n%s\nendstream", content.Len(), content.String()),
		"<</Type/Font /Subtype/Type0 /BaseFont/SimSun /Encoding/UniGB-UCS2-H /DescendantFonts[<</Type/Font /Subtype/CIDFontType2 /BaseFont/SimSun " +
			"/CIDSystemInfo<</Registry(Adobe) /Ordering(GB1) /Supplement 2>> /DW 1000 /W[1 95 500] /FontDescriptor <</Type/FontDescriptor /FontName/SimSun " +
			"/Flags 4 /FontBBox[-8 -145 1000 859] /ItalicAngle 0 /Ascent 859 /Descent -140 /CapHeight 683 /StemV 80>>>>]>>",
	}
	var out bytes.Buffer
	out.WriteString("%PDF-1.4\n")
	var places []int
	for number, object := range objects {
		places = append(places, out.Len())
		fmt.Fprintf(&out, "%d 0 obj\n%s\nendobj\n", number+1, object)
	}
	start := out.Len()
	fmt.Fprintf(&out, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, place := range places {
		fmt.Fprintf(&out, "%010d 00000 n \n", place)
	}
	fmt.Fprintf(&out, "trailer\n<</Size %d /Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, start)
	return out.Bytes()
}
