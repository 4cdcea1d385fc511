"""Cuts the Noto fonts to what the program needs; called by make.sh.

Window fonts hold the 8105 characters of the 通用规范汉字表, GB 2312 and the signs of office texts.
The letter's text font holds GBK and every Han character beyond the BMP that Noto has; because
gofpdf cannot address those, each also gets an alias in the private use area, listed in pua.map.
"""
import sys
from fontTools import subset
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

SIGNS = "".join(map(chr, range(0x20, 0x7F))) + "".join(map(chr, range(0xA0, 0x180))) + (
    "‐‑–—―‘’“”•·‧…‰′″‹›※€℃№←↑→↓⇒①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳─│□■△▲▼◆○●★☆√×÷≈≠≤≥∑"
    "　、。〃々〇〈〉《》「」『』【】〔〕〖〗〜㎡㈠㈡㈢㈣㈤￥￠")
FULLWIDTH = "".join(map(chr, range(0xFF01, 0xFF5F)))
# Characters of names that Noto lacks, borrowed from HanaMin.
BORROWED = "𫰡𠮷"
NAMES = "𫰡𠮷䶮㛃𬱖𫖯喆堃犇燊赟翀昶旻晟昇珺玥祎茜婳嫚"


def encodable(codec, ranges):
    """Every character that codec can write as two bytes."""
    found = []
    for high in range(*ranges):
        for low in range(0x40, 0xFF):
            try:
                found.append(bytes((high, low)).decode(codec))
            except UnicodeDecodeError:
                continue
    return "".join(found)


def borrow(font, donor):
    """Adds the BORROWED characters that font lacks, scaled to its em."""
    glyphs, known, scale = donor.getGlyphSet(), donor.getBestCmap(), font["head"].unitsPerEm / donor["head"].unitsPerEm
    order = font.getGlyphOrder()
    for code in map(ord, BORROWED):
        if code in font.getBestCmap():
            continue
        name, pen = "uni%X" % code, TTGlyphPen(None)
        glyphs[known[code]].draw(TransformPen(pen, (scale, 0, 0, scale, 0, 0)))
        font["glyf"].glyphs[name] = pen.glyph()
        font["hmtx"].metrics[name] = (font["head"].unitsPerEm, 0)
        order = order + [name]
        font.setGlyphOrder(order)
        font["glyf"].glyphOrder = order
        for table in font["cmap"].tables:
            if table.isUnicode() and table.format == 12:
                table.cmap[code] = name
    font["maxp"].numGlyphs = len(order)


def cut(source, target, text, donor, aliases=None):
    options = subset.Options()
    options.layout_features = []
    options.hinting = False
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.drop_tables += ["vhea", "vmtx", "VORG", "BASE", "GSUB", "GPOS", "GDEF"]
    font = TTFont(source)
    cutter = subset.Subsetter(options)
    cutter.populate(text=text)
    cutter.subset(font)
    borrow(font, donor)
    if aliases is not None:
        alias_beyond_bmp(font, aliases)
    font.save(target)
    print(target, len(font.getBestCmap()), "characters")


def alias_beyond_bmp(font, target):
    known = font.getBestCmap()
    beyond = sorted(code for code in known if code > 0xFFFF)
    lines = []
    for index, code in enumerate(beyond):
        alias = 0xE000 + index
        for table in font["cmap"].tables:
            if table.isUnicode() and table.format in (4, 12):
                table.cmap[alias] = known[code]
        lines.append("%X %X\n" % (code, alias))
    with open(target, "w", encoding="ascii") as out:
        out.write("".join(lines))


def main(work, here):
    with open(here + "/hanzi-8105.txt", encoding="utf-8") as listed:
        common = listed.read().strip()
    window = common + encodable("gb2312", (0xA1, 0xF8)) + SIGNS + FULLWIDTH + NAMES
    donor = TTFont(work + "/hanazono/usr/share/fonts/truetype/hanazono/HanaMinB.ttf")
    sans, serif = work + "/sans/package/", work + "/serif/package/"
    cut(sans + "400Regular/NotoSansSC_400Regular.ttf", here + "/sans-regular.ttf", window, donor)
    cut(sans + "700Bold/NotoSansSC_700Bold.ttf", here + "/sans-bold.ttf", window, donor)
    beyond = "".join(chr(c) for c in TTFont(serif + "400Regular/NotoSerifSC_400Regular.ttf").getBestCmap() if c > 0xFFFF)
    letter = window + encodable("gbk", (0x81, 0xFF)) + beyond
    cut(serif + "400Regular/NotoSerifSC_400Regular.ttf", here + "/serif-regular.ttf", letter, donor, here + "/pua.map")
    cut(serif + "700Bold/NotoSerifSC_700Bold.ttf", here + "/serif-bold.ttf", common + SIGNS + FULLWIDTH, donor)


main(sys.argv[1], sys.argv[2])
