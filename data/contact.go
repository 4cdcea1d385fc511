package data

import (
	"fmt"
	"strings"
)

const mobileDigits = 11

// JudgeMobile cleans and judges a mainland mobile number, 1[3-9] and nine digits, after dropping spaces, "-", +86 and the .0
// that a spreadsheet adds. Blank stays blank without a problem: the caller knows whether it is needed.
// Problems carry the field "mobile" and never show the number; where one is an error the number is "".
func JudgeMobile(text string) (string, []Problem) {
	number := strings.TrimLeft(mobileSigns.Replace(compact(text)), "'‘’`")
	number = strings.TrimSuffix(number, ".0")
	for _, prefix := range []string{"+86", "0086", "86"} {
		if bare, found := strings.CutPrefix(number, prefix); found && len(bare) == mobileDigits {
			number = bare
			break
		}
	}
	if number == "" {
		return "", nil
	}
	if problem, ok := mobileShape(number); !ok {
		return "", []Problem{problem}
	}
	if number != text {
		return number, []Problem{Fixed("mobile-cleaned", fieldMobile, "已去掉手机号里的空格、横线或 +86。")}
	}
	return number, nil
}

const fieldMobile = "mobile"

var mobileSigns = strings.NewReplacer("-", "", "(", "", ")", "")

func mobileShape(number string) (Problem, bool) {
	switch {
	case isScientific(number) && !onlyDigits(number):
		return Refuse("mobile-destroyed", fieldMobile, "Excel 把手机号显示成了科学计数法，数字已经不全。", "请把这一格设为“文本”格式，再重新输入手机号。"), false
	case strings.ContainsRune(number, '*'):
		return Refuse("mobile-masked", fieldMobile, "手机号的中间几位被“*”遮住了。", "请填写完整的 11 位手机号。"), false
	case len(number) >= 2*mobileDigits && strings.Trim(number, "0123456789,;/、|或") == "":
		return Refuse("mobile-several", fieldMobile, "这里有不止一个手机号。", "只能填一个手机号，请删去其余的。"), false
	case !onlyDigits(number):
		return Refuse("mobile-format", fieldMobile, "手机号里有数字以外的字符。", "请填写 11 位手机号，例如 13800000417。"), false
	case len(number) != mobileDigits:
		return Refuse("mobile-length", fieldMobile, fmt.Sprintf("手机号应为 11 位，这里是 %d 位。", len(number)), "请核对手机号；座机不能填在这里。"), false
	case number[0] != '1' || number[1] < '3':
		return Refuse("mobile-format", fieldMobile, "手机号应以 13 到 19 开头。", "请核对手机号。"), false
	}
	return Problem{}, true
}

// JudgeTelephone cleans and judges one telephone number of any kind: a landline with or without its area code and extension, as
// the manual's own 84297523 has none, a mobile, a 400 number or a bank's short one. Its parts are divided by "-".
// Blank stays blank without a problem. Problems carry the field "telephone"; where one is an error the number is "".
func JudgeTelephone(text string) (string, []Problem) {
	number := halfWidthText(text)
	if number == "" {
		return "", nil
	}
	const field = "telephone"
	for _, sign := range []string{"、", ",", ";", "/", "|", "或"} {
		if strings.Contains(number, sign) {
			return "", []Problem{Refuse("telephone-several", field, "这里有不止一个电话号码。", "只能填一个电话号码，请删去其余的。")}
		}
	}
	bare := strings.NewReplacer("转分机", "-", "分机", "-", "转", "-", "(", "-", ")", "-", " ", "-", "+86", "-").Replace(number)
	parts := strings.FieldsFunc(strings.TrimPrefix(bare, "0086"), func(r rune) bool { return r == '-' })
	if strings.HasPrefix(number, "+86") && len(parts) > 1 && (len(parts[0]) == 2 || len(parts[0]) == 3) && parts[0][0] != '0' {
		parts[0] = "0" + parts[0] // abroad an area code is written without its 0
	}
	for _, part := range parts {
		if !onlyDigits(part) {
			return "", []Problem{Refuse("telephone-format", field, "电话号码里有数字以外的字符。", "请写成 010-84297523 的样子。")}
		}
	}
	cleaned, ok := telephoneParts(parts)
	if !ok {
		return "", []Problem{Refuse("telephone-length", field, "电话号码的位数不对。", "请核对号码，写成 84297523 或 010-84297523 的样子。")}
	}
	if cleaned != text {
		return cleaned, []Problem{Fixed("telephone-cleaned", field, "已把电话号码整理为“区号-号码”的写法。")}
	}
	return cleaned, nil
}

// telephoneParts joins the groups of a number into area code, number and extension.
func telephoneParts(parts []string) (string, bool) {
	area, extension := "", ""
	if len(parts) > 1 && (len(parts[0]) == 3 || len(parts[0]) == 4) && isAreaCode(parts[0]) {
		area, parts = parts[0]+"-", parts[1:]
	}
	whole := strings.Join(parts, "")
	if isService := strings.HasPrefix(whole, "400") || strings.HasPrefix(whole, "800"); isService && len(whole) == 10 && area == "" {
		return whole, true
	}
	if len(parts) > 1 && len(parts[0]) >= 7 {
		extension = strings.Join(parts[1:], "")
		if len(extension) > 6 {
			return "", false
		}
		whole, extension = parts[0], "-"+extension
	}
	switch {
	case (len(whole) == 7 || len(whole) == 8) && whole[0] != '0':
		return area + whole + extension, true
	case area != "":
		return "", false
	case len(whole) == mobileDigits && whole[0] == '1' && whole[1] >= '3' && extension == "":
		return whole, true
	case len(whole) >= 10 && len(whole) <= 12 && isAreaCode(whole):
		return whole + extension, true
	case len(whole) == 5 && (whole[0] == '9' || whole[0] == '1') && extension == "":
		return whole, true
	}
	return "", false
}

// isAreaCode tells whether digits begin as mainland area codes do: 00 leads abroad.
func isAreaCode(digits string) bool { return digits[0] == '0' && digits[1] != '0' }

// maxEmail is RFC 5321's limit for a path, less its brackets.
const maxEmail = 254

// JudgeEmail cleans and judges exactly one address. Blank stays blank without a problem.
// Problems carry the field "email"; where one is an error the address is "".
func JudgeEmail(text string) (string, []Problem) {
	address := strings.Trim(halfWidthText(text), " ,;<>、'")
	address = strings.TrimPrefix(address, "mailto:")
	if address == "" {
		return "", nil
	}
	const field = "email"
	switch count := strings.Count(address, "@"); {
	case isDamaged(address):
		return "", []Problem{Refuse("email-character", field, "邮箱里有已经损坏的字（显示为“�”）。", "请重新输入邮箱。")}
	case strings.Contains(address, "@@"):
		return "", []Problem{Refuse("email-format", field, "邮箱里连着写了两个“@”。", "请删去其中一个。")}
	case count == 0:
		return "", []Problem{Refuse("email-format", field, "邮箱里没有“@”。", "请填写完整的邮箱，例如 zhangxm@example.com。")}
	case count == 2:
		return "", []Problem{Refuse("email-several", field, "这里有两个邮箱。", "只能填一个邮箱，请删去其中一个。")}
	case count > 2:
		return "", []Problem{Refuse("email-several", field, fmt.Sprintf("这里有 %d 个邮箱。", count), "只能填一个邮箱，请删去其余的。")}
	}
	bare := strings.ReplaceAll(address, " ", "")
	user, host, _ := strings.Cut(bare, "@")
	if strange := strangeInAddress(bare); strange != 0 {
		fix := "请核对邮箱，只写字母、数字和英文符号。"
		if strange == '。' || strange == ',' || strange == '，' {
			fix = "请把它改成英文的点“.”。"
		}
		return "", []Problem{Refuse("email-character", field, fmt.Sprintf("邮箱里不能有“%c”。", strange), fix)}
	}
	if len(bare) > maxEmail || !isMailUser(user) || !isMailHost(host) {
		return "", []Problem{Refuse("email-format", field, "这个邮箱的写法不对。", "请核对邮箱，例如 zhangxm@example.com。")}
	}
	if bare != text {
		return bare, []Problem{Fixed("email-cleaned", field, "已去掉邮箱里的空格等多余字符。")}
	}
	return bare, nil
}

func isLetterOrDigit(b byte) bool {
	return isDigit(b) || (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z')
}

// strangeInAddress finds the first character that RFC 5321 lets stand in no unquoted address.
func strangeInAddress(address string) rune {
	for _, r := range address {
		if r >= 0x80 || (!isLetterOrDigit(byte(r)) && !strings.ContainsRune("@.!#$%&'*+-/=?^_`{|}~", r)) {
			return r
		}
	}
	return 0
}

func isMailUser(user string) bool {
	return user != "" && len(user) <= 64 && user[0] != '.' && user[len(user)-1] != '.' && !strings.Contains(user, "..")
}

// isMailHost tells whether host is at least two labels of letters, digits and hyphens, the last without a digit alone.
func isMailHost(host string) bool {
	labels := strings.Split(host, ".")
	if len(labels) < 2 {
		return false
	}
	for _, label := range labels {
		if label == "" || len(label) > 63 || label[0] == '-' || label[len(label)-1] == '-' {
			return false
		}
		for position := range len(label) {
			if !isLetterOrDigit(label[position]) && label[position] != '-' {
				return false
			}
		}
	}
	last := labels[len(labels)-1]
	return len(last) >= 2 && !onlyDigits(last)
}
