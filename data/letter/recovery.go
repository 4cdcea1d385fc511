package letter

import (
	"fmt"
	"io"
	"strings"

	"peixun/data"
)

// The recovery sheet's key stands in boxes of one character, in mm, four groups of four to a row.
const (
	keyBox        = 8.6
	keyHigh       = 11.5
	keyGroup      = 4
	keyGroupsWide = 4
	keyGap        = 6.0
	keyCaption    = 4.6
)

// recoveryAdvice tells the keeper what the sheet is for and how to keep it.
var recoveryAdvice = []string{
	"一、用途。忘记登录密码，或在另一台电脑上恢复备份时，用它打开加密的数据。",
	"二、用法。在程序要求输入恢复密钥的地方，按编号依次输入各组字符。不分大小写，空格和横线可以省略。",
	"三、保管。请打印一份，由保管人签字后装入信封密封，存放在单位保险柜或档案室。不要拍照，不要存入电脑、网盘或聊天软件。",
	"四、泄露。得到本页和数据文件的人，可以读出全部个人信息。怀疑泄露时，请立即重新生成恢复密钥，并销毁本页。",
	"五、遗失。登录密码和恢复密钥都丢失后，任何人都无法恢复数据，开发者也不能。",
}

// RecoverySheet writes a page in A4 to print and lock away: the recovery key in boxes, whose it is, and what to do with
// it. Key may hold spaces and hyphens. The PDF's metadata name neither unit nor user.
func RecoverySheet(w io.Writer, unit, user, key string, day data.Date) error {
	c := newCanvas(a4, "恢复密钥", day.Time())
	area := officialFrame
	drawPages(c, paginate(recoveryBlocks(unit, user, key, day, area), area), bare, func(number, total int) {
		drawFooter(c, area, "恢复密钥", "请密封保管，不要复印", number, total)
	})
	if err := c.write(w); err != nil {
		return fmt.Errorf("recovery sheet: %w", err)
	}
	return nil
}

func recoveryBlocks(unit, user, key string, made data.Date, area frame) []block {
	blocks := titleBlocks("恢复密钥", area)
	blocks = append(blocks, keyBlocks(key, area)...)
	if !strings.ContainsAny(strings.ToUpper(key), "ILOU") {
		note := paragraph{style: noteStyle, lead: 6, how: alignCentre, before: 3}
		blocks = append(blocks, note.blocks("密钥只用数字和大写字母，没有字母 I、L、O、U：看起来像 O 的是数字 0，像 I 或 l 的是数字 1。", area)...)
	}
	form := newTable(area, roomy, 23.8, 54.2, 23.8, 54.2)
	rows := together(joined(
		pair(form, "单　　位", unit, valueStyle),
		pairs(form, "管理员账号", user, "生成日期", day(made)),
	))
	rows[0].before = 5
	blocks = append(blocks, rows...)
	advice := paragraph{style: bodyStyle, lead: 7.4, how: alignJustified, before: 3}
	for _, text := range recoveryAdvice {
		blocks = append(blocks, advice.blocks(text, area)...)
		advice.before = 1.5
	}
	form.low = 12
	keeping := together(joined(
		pairs(form, "保管人签字", "", "密封日期", "　　　　年　　月　　日"),
		pair(form, "存放地点", "", valueStyle),
	))
	keeping[0].before = 6
	return joined(blocks, keeping, missingNote(area, MissingFrom(recoveryNames{unit, user})))
}

// recoveryNames are what somebody typed of a recovery sheet.
type recoveryNames struct{ Unit, Administrator string }

// keyBlocks sets the key's groups in rows, each group under its number.
func keyBlocks(key string, area frame) []block {
	groups := keyGroups(key)
	var blocks []block
	for first := 0; first < len(groups); first += keyGroupsWide {
		row := groups[first:min(first+keyGroupsWide, len(groups))]
		blocks = append(blocks, block{height: keyCaption + keyHigh, before: 4, draw: func(c *canvas, top float64) {
			const groupWidth = keyGroup * keyBox
			x := area.left + (area.width-keyGroupsWide*groupWidth-(keyGroupsWide-1)*keyGap)/2
			for i, group := range row {
				drawKeyGroup(c, x+float64(i)*(groupWidth+keyGap), top, first+i+1, group)
			}
		}})
	}
	return blocks
}

func drawKeyGroup(c *canvas, x, top float64, number int, group []rune) {
	c.label(x, top, keyGroup*keyBox, keyCaption, fmt.Sprintf("第 %d 组", number), footerStyle, alignCentre)
	for i, char := range group {
		left := x + float64(i)*keyBox
		c.box(left, top+keyCaption, keyBox, keyHigh)
		c.label(left, top+keyCaption, keyBox, keyHigh, string(char), style{sansBold, 20}, alignCentre)
	}
}

// keyGroups parts a key into groups of four characters.
func keyGroups(key string) [][]rune {
	bare := []rune(strings.NewReplacer("-", "", " ", "").Replace(key))
	var groups [][]rune
	for ; len(bare) > 0; bare = bare[min(keyGroup, len(bare)):] {
		groups = append(groups, bare[:min(keyGroup, len(bare))])
	}
	return groups
}
