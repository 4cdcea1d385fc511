package letter

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"peixun/data"
)

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

// Placeholder is a word in braces that stands in a block of text for something that the letter knows.
type Placeholder struct {
	Name string // {单位}
	What string // what it stands for, for people
	text func(data.LetterContent) string
}

// Placeholders are the words in braces that the blocks of text may hold.
var Placeholders = []Placeholder{
	{"{单位}", "单位全称", func(c data.LetterContent) string { return c.Unit }},
	{"{培训计划}", "培训计划的名称", func(c data.LetterContent) string { return c.PlanName }},
	{"{计划编号}", "培训计划的编号", func(c data.LetterContent) string { return c.PlanNumber }},
	{"{年份}", "培训计划的所属年份", func(c data.LetterContent) string { return strconv.Itoa(c.PlanYear) }},
	{"{人数}", "参训人数", func(c data.LetterContent) string { return strconv.Itoa(c.People()) }},
	{"{金额}", "缴费总金额，例如 3,200.00", func(c data.LetterContent) string { return c.Total().String() }},
	{"{金额大写}", "缴费总金额的大写", func(c data.LetterContent) string { return "人民币" + c.Total().Capitals() }},
	{"{订单}", "缴费订单的编号", func(c data.LetterContent) string { return orderList(c.Orders) }},
}

func orderList(orders []data.LetterOrder) string {
	numbers := make([]string, len(orders))
	for i, order := range orders {
		numbers[i] = order.Number
	}
	return strings.Join(numbers, "、")
}

// Wording gives a letter's text: the unit's own blocks with their placeholders filled in, and the default wording for the
// blocks that are empty.
func Wording(content data.LetterContent, own data.LetterText) data.LetterText {
	text, fallback := own, DefaultText(content)
	var words []string
	for _, placeholder := range Placeholders {
		words = append(words, placeholder.Name, placeholder.text(content))
	}
	fill := strings.NewReplacer(words...)
	for _, part := range []struct{ set, otherwise *string }{
		{&text.Title, &fallback.Title}, {&text.Opening, &fallback.Opening},
		{&text.Declaration, &fallback.Declaration}, {&text.Closing, &fallback.Closing},
	} {
		if *part.set = fill.Replace(*part.set); strings.TrimSpace(*part.set) == "" {
			*part.set = *part.otherwise
		}
	}
	return text
}

var inBraces = regexp.MustCompile(`\{[^{}\n]*\}?|\}`)

// The most characters of a letter's title, which is three lines, and of each of its blocks, which is five pages.
const (
	longestTitle = 60
	longestBlock = 6000
)

// JudgeWording refuses words in braces that are no placeholder, and texts that are no letter's any more. Fields are title,
// opening, declaration and closing.
func JudgeWording(text data.LetterText) []data.Problem {
	var problems []data.Problem
	for _, block := range []struct {
		field, text string
		longest     int
	}{
		{"title", text.Title, longestTitle}, {"opening", text.Opening, longestBlock}, {"declaration", text.Declaration, longestBlock}, {"closing", text.Closing, longestBlock},
	} {
		if length := utf8.RuneCountInString(block.text); length > block.longest {
			problems = append(problems, data.Refuse("letter-text-long", block.field, fmt.Sprintf("这里有 %d 个字，最多 %d 个。", length, block.longest), "请删短一些；大段的说明可以另附材料。"))
			continue
		}
		for _, found := range inBraces.FindAllString(block.text, -1) {
			if !slices.ContainsFunc(Placeholders, func(p Placeholder) bool { return p.Name == found }) {
				problems = append(problems, data.Refuse("letter-placeholder", block.field, fmt.Sprintf("文字里的“%s”不是可以代入的内容。", found),
					"请从给出的几种里选，或删去大括号。"))
			}
		}
	}
	return problems
}
