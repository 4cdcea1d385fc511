// Package papers makes the files that an administrator would have on her desk: a roster with its usual mistakes, a photographed
// bank receipt, a sheet of offline hours. All people in them are invented. The same call always makes the same file.
// It judges nothing with the program's own code, so that it stays a witness of its own.
package papers

import "fmt"

// Person is one invented trainee.
type Person struct {
	Name, IDNumber, Sex, Mobile string
	// Organization is the path as the program shows it, Payer likewise; "" is the unit.
	Organization, Payer string
}

// Unit is the invented hospital; its code passes the check of GB 32100-2015.
const (
	Unit = "北京市第九实验医院"
	USCC = "12110000400686910X"
)

var (
	surnames   = []rune("王李张刘陈杨赵黄周吴徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤")
	givenNames = []string{"晓明", "静怡", "建国", "雅琴", "志远", "若溪", "海涛", "春梅", "文博", "思颖", "俊杰", "丽华", "子墨", "雪松", "国强", "慧敏"}
	counties   = []string{"110101", "110105", "110108", "130102", "320106", "370203", "410105", "510107"}
)

// organizations take the people in turn; the first four are made by hand in the window, the others by the import.
var organizations = []string{"内科", "外科", "内科/护理组", "外科/护理组", "急诊科", "药学部", "信息中心/运维科", Station, ""}

// Station is the organisation that pays for its own people.
const Station = "社区服务站"

// person makes the nth person. Nobody else has the name, and no number ends in zeros, which would look like Excel's work.
func person(n int) Person {
	year, month, day := 1964+n%34, 1+n%12, 1+n%28
	p := Person{
		Name:     string(surnames[n%len(surnames)]) + givenNames[(5*n+n/len(surnames))%len(givenNames)],
		IDNumber: withCheckDigit(fmt.Sprintf("%s%04d%02d%02d%03d", counties[n%len(counties)], year, month, day, 101+n+n/99)),
		Sex:      []string{"女", "男"}[(101+n+n/99)%2],
		Mobile:   fmt.Sprintf("1%d%d%08d", 3+n%7, n%10, 20417000+n*13),
	}
	p.Organization = organizations[n%len(organizations)]
	if p.Organization == Station {
		p.Payer = Station
	}
	return p
}

// withCheckDigit completes 17 digits of a resident ID (GB 11643-1999, ISO 7064 MOD 11-2).
func withCheckDigit(digits string) string {
	sum := 0
	for place, weight := range []int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2} {
		sum += weight * int(digits[place]-'0')
	}
	return digits + string("10X98765432"[sum%11])
}

// withOtherCheckDigit spoils the check digit of a resident ID.
func withOtherCheckDigit(number string) string {
	if number[17] == '7' {
		return number[:17] + "4"
	}
	return number[:17] + "7"
}
