// Package search finds people as one types, and keeps them in the order of their names: an index in memory over the whole roster.
package search

import (
	"cmp"
	"strings"
	"sync"
	"unicode"

	"github.com/mozillazg/go-pinyin"
)

// reading is how a character is read. Characters without a reading stand for themselves.
type reading struct {
	syllable string // lower case, without its tone; ü is v, as it is typed
	tone     byte   // 1 to 4; 0 for the neutral tone and where there is none
	rune     rune
}

// compare orders readings as a Chinese list is ordered: by syllable, then tone, then character.
func (r reading) compare(other reading) int {
	return cmp.Or(cmp.Compare(r.syllable, other.syllable), cmp.Compare(r.tone, other.tone), cmp.Compare(r.rune, other.rune))
}

// vowels are the letters that carry a tone in pinyin.
var vowels = map[rune]struct {
	letter byte
	tone   byte
}{
	'ā': {'a', 1}, 'á': {'a', 2}, 'ǎ': {'a', 3}, 'à': {'a', 4}, 'ē': {'e', 1}, 'é': {'e', 2}, 'ě': {'e', 3}, 'è': {'e', 4}, 'ê': {'e', 0},
	'ī': {'i', 1}, 'í': {'i', 2}, 'ǐ': {'i', 3}, 'ì': {'i', 4}, 'ō': {'o', 1}, 'ó': {'o', 2}, 'ǒ': {'o', 3}, 'ò': {'o', 4},
	'ū': {'u', 1}, 'ú': {'u', 2}, 'ǔ': {'u', 3}, 'ù': {'u', 4}, 'ü': {'v', 0}, 'ǖ': {'v', 1}, 'ǘ': {'v', 2}, 'ǚ': {'v', 3}, 'ǜ': {'v', 4},
	'ń': {'n', 2}, 'ň': {'n', 3}, 'ǹ': {'n', 4}, 'ḿ': {'m', 2},
}

// read makes a reading of a syllable written with its tone: shàn.
func read(character rune, written string) reading {
	r := reading{rune: character}
	var letters strings.Builder
	for _, letter := range written {
		vowel, marked := vowels[letter]
		switch {
		case marked:
			letters.WriteByte(vowel.letter)
			r.tone = max(r.tone, vowel.tone)
		case letter < unicode.MaxASCII:
			letters.WriteRune(letter)
		}
	}
	r.syllable = letters.String()
	return r
}

// readings keeps what was looked up: a roster holds a few thousand characters, again and again.
var readings sync.Map // reading by rune

func readingOf(character rune) reading {
	if known, ok := readings.Load(character); ok {
		return known.(reading)
	}
	r := reading{syllable: strings.ToLower(string(character)), rune: character}
	if written, ok := pinyin.PinyinDict[int(character)]; ok {
		first, _, _ := strings.Cut(written, ",")
		r = read(character, first)
	}
	readings.Store(character, r)
	return r
}

// surnames are those that are read otherwise than go-pinyin reads the word (现代汉语词典, 新华字典).
var surnames = map[string]string{
	"单": "shàn", "仇": "qiú", "曾": "zēng", "解": "xiè", "查": "zhā", "区": "ōu", "任": "rén", "朴": "piáo", "盖": "gě", "翟": "zhái",
	"华": "huà", "乐": "yuè", "覃": "qín", "纪": "jǐ", "洗": "xiǎn", "种": "chóng", "召": "shào", "员": "yùn", "贠": "yùn", "秘": "bì",
	"缪": "miào", "繁": "pó", "折": "shé", "薄": "bó", "卜": "bǔ", "燕": "yān", "祭": "zhài", "撒": "sǎ", "那": "nā", "哈": "hǎ",
	"都": "dū", "阚": "kàn", "过": "guō", "句": "gōu", "葛": "gě", "黑": "hè", "相": "xiàng", "要": "yāo", "於": "yū", "郇": "xún",
	"藏": "zāng", "干": "gān", "乜": "niè", "佴": "nài",
	"尉迟": "yù chí", "万俟": "mò qí", "长孙": "zhǎng sūn", "令狐": "líng hú", "澹台": "tán tái", "单于": "chán yú", "宰父": "zǎi fǔ",
}

// words are those of organisations and screens that are read otherwise than character by character.
var words = map[string]string{
	"银行": "yín háng", "会计": "kuài jì", "调整": "tiáo zhěng", "重置": "chóng zhì", "重复": "chóng fù", "重庆": "chóng qìng",
	"长期": "cháng qī", "地税": "dì shuì", "校验": "jiào yàn", "音乐": "yīn yuè", "行业": "háng yè", "长城": "cháng chéng",
}

// wordRunes is how many characters each of words has.
const wordRunes = 2

// wordReading gives the syllables of a word that a text begins with.
func wordReading(text string) ([]string, int) {
	runes := 0
	for at := range text {
		if runes == wordRunes {
			text = text[:at]
			break
		}
		runes++
	}
	if written, ok := words[text]; ok {
		return strings.Fields(written), wordRunes
	}
	return nil, 0
}

// nameReadings appends the readings of a name's characters. A person's name begins with a surname, which may have a reading of its own;
// other texts are made of words.
func nameReadings(into []reading, name string, surname bool) []reading {
	var spelled []string
	place, characters := 0, 0
	for at, character := range name {
		switch {
		case at == 0 && surname:
			spelled, characters = surnameReading(name)
		case !surname && place == characters:
			place = 0
			spelled, characters = wordReading(name[at:])
		}
		if place < characters {
			into = append(into, read(character, spelled[place]))
			place++
		} else {
			into = append(into, readingOf(character))
			place, characters = 0, 0
		}
	}
	return into
}

// surnameReading gives the syllables of a surname that has a reading of its own, the two-character ones first.
func surnameReading(name string) (syllables []string, characters int) {
	ends := [3]int{}
	for at, character := range name {
		if characters++; characters < len(ends) {
			ends[characters] = at + len(string(character))
		} else {
			break
		}
	}
	for count := min(characters, 2); count > 0; count-- {
		if written, ok := surnames[name[:ends[count]]]; ok {
			return strings.Fields(written), count
		}
	}
	return nil, 0
}

// Spell writes a text in pinyin, by which lists are searched: 骨科 gives guke and gk. Characters without a reading stay themselves.
func Spell(text string) (whole, initials string) { return joined(nameReadings(nil, text, false)) }

// SpellName is Spell for a person's name, whose surname may have a reading of its own: 单雄信 gives shanxiongxin and sxx.
func SpellName(name string) (whole, initials string) { return joined(nameReadings(nil, name, true)) }

func joined(readings []reading) (whole, initials string) {
	var spelled, first strings.Builder
	for _, r := range readings {
		spelled.WriteString(r.syllable)
		for _, letter := range r.syllable {
			first.WriteRune(letter)
			break
		}
	}
	return spelled.String(), first.String()
}

// CompareNames orders names as a Chinese list is ordered: character by character, each by its syllable, tone and form.
func CompareNames(one, other string) int {
	var here, there [8]reading
	a, b := nameReadings(here[:0], one, true), nameReadings(there[:0], other, true)
	for place := range min(len(a), len(b)) {
		if order := a[place].compare(b[place]); order != 0 {
			return order
		}
	}
	return cmp.Compare(len(a), len(b))
}
