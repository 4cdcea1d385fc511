package letters

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"peixun/app/apptest"
	"peixun/data"
)

func TestWordingIsNotThrownAwayUnasked(t *testing.T) {
	h, screen, stage, _ := opened(t)
	stored, err := h.LetterSettings(ctx)
	if err != nil {
		t.Fatal(err)
	}
	editor := newWording(screen, stored)
	typed(stage, "兹有😀。")
	editor.draft()
	stage.MustFind("note", "“正文开头”里的“😀”（U+1F600）字库里没有，打印出来会是空框。可以打印后用黑色签字笔补写，或换成通用的写法。")
	stage.Picture("letters-wording-emoji")
	escape(stage)
	stage.MustFind("dialog", "不保存就关闭？")
	stage.Tap("button", "取消")
	if editor.cover == nil || editor.opening.Text() != "兹有😀。" {
		t.Errorf("the editor closed, or lost %q", editor.opening.Text())
	}
	editor.opening.SetText(strings.Repeat("长", 6001))
	stage.Tap("button", "保存")
	complains(t, stage, "正文开头", "这里有 6001 个字，最多 6000 个。请删短一些；大段的说明可以另附材料。")
	editor.cancel()
	stage.Tap("button", "不保存，关闭")
	if after, err := h.LetterSettings(ctx); err != nil || after != stored || editor.cover != nil {
		t.Errorf("stored %+v, %v", after, err)
	}
	newWording(screen, stored).cancel()
	if _, asked := stage.Find("dialog", "不保存就关闭？"); asked {
		t.Error("asks although nothing was changed")
	}
}

func TestVerificationByCodeAndNumber(t *testing.T) {
	h, screen, stage, _ := opened(t)
	made(t, h, screen, data.LetterMade)
	stage.Tap("button", "核对真伪")
	fill(t, stage, "用扫码枪扫二维码，或粘贴、输入编号", "QR-2022-0001|99900|0123456789ab")
	stage.Tap("button", "核对")
	stage.MustFind("note", "不一致　下面标出的内容和登记的不同，这不是登记的那一份。")
	stage.MustFind("text", "纸上 999.00，登记 160.00")
	stage.Picture("letters-verify")
	escape(stage)
	stage.Tap("button", "核对真伪")
	fill(t, stage, "用扫码枪扫二维码，或粘贴、输入编号", "QR-2022-0777")
	stage.Tap("button", "核对")
	stage.MustFind("note", "登记里没有编号为 QR-2022-0777 的确认书。请核对编号；本程序没有出过的编号，不是这里打印的。")
	path := filepath.Join(t.TempDir(), "letter.pdf")
	if err := os.WriteFile(path, []byte("no PDF"), 0o600); err != nil {
		t.Fatal(err)
	}
	stage.Tap("button", "选择文件…")
	typed(stage, path)
	stage.Window.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	stage.MustFind("dialog", "核对确认书真伪")
	if shown := strings.Join(stage.Texts(), "\n"); strings.Contains(shown, "QR-2022-0777 的") || !strings.Contains(shown, "不是能读取的图片") {
		t.Errorf("no answer to the file: %s", shown)
	}
}

func TestWordingIsSeenSavedAndReset(t *testing.T) {
	h, screen, stage, _ := opened(t)
	stored, err := h.LetterSettings(ctx)
	if err != nil {
		t.Fatal(err)
	}
	editor := newWording(screen, stored)
	stage.MustFind("pages", "1 / 1")
	typed(stage, "兹有{单位}{人}。")
	stage.Tap("button", "保存")
	complains(t, stage, "正文开头", "文字里的“{人}”不是可以代入的内容。请从给出的几种里选，或删去大括号。")
	stage.Picture("letters-wording")
	stage.Tap("button", "恢复默认文字")
	editor.form.FocusField("opening")
	typed(stage, "兹有{单位}{人数}人参加培训。")
	stage.Tap("button", "北京组")
	stage.Tap("button", "保存")
	settings, err := h.LetterSettings(ctx)
	if err != nil || settings.Text.Opening != "兹有{单位}{人数}人参加培训。" || settings.Recipient != "北京组" || settings.SendWithin != data.DefaultSendWithin {
		t.Fatalf("settings %+v, %v", settings, err)
	}
	stage.MustFind("note", "邮寄地址　北京市朝阳区育慧里5号 北京组（收） 电话 84297523")
	id := made(t, h, screen, data.LetterMade)
	rows, _ := h.LetterRows(ctx, []int64{id})
	if want := "兹有" + apptest.Unit + "4人参加培训。"; rows[0].Content.Text.Opening != want {
		t.Errorf("the letter says %q", rows[0].Content.Text.Opening)
	}
}

func TestLabelsArePreviewed(t *testing.T) {
	_, _, stage, printed := opened(t)
	stage.Tap("button", "邮寄标签")
	stage.Tap("select", string(data.LabelHalfSheet))
	stage.Tap("option", string(data.LabelSheet))
	stage.Picture("letters-labels")
	stage.Tap("button", "预览")
	stage.MustFind("pages", "1 / 1")
	stage.Tap("button", "打印")
	if !bytes.HasPrefix([]byte(printed()), []byte("%PDF-")) {
		t.Error("no label was printed")
	}
}

func TestAddressIsCopied(t *testing.T) {
	_, _, stage, _ := opened(t)
	stage.Tap("button", "复制")
	if got := fyne.CurrentApp().Clipboard().Content(); got != "北京市朝阳区育慧里5号 北京专技组（收） 电话 84297523" {
		t.Errorf("clipboard = %q", got)
	}
}
