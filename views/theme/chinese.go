package theme

import (
	"encoding/json"
	"fmt"
	"os"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
)

// builtInLanguages are all that Fyne 2.7.1 carries: whichever one it picks, the words are ours.
var builtInLanguages = []string{
	"en", "cs", "de", "el", "es", "fr", "pl", "pt", "pt-BR", "ru", "sv", "ta", "uk", "zh-Hans",
}

// chinese holds every string of Fyne's translation files.
var chinese = map[string]any{
	"Advanced": "高级", "Cancel": "取消", "Confirm": "确定", "Copy": "复制", "Create Folder": "新建文件夹",
	"Cut": "剪切", "Enter filename": "输入文件名", "Error": "错误", "Favourites": "收藏", "File": "文件",
	"Folder": "文件夹", "New Folder": "新建文件夹", "No": "否", "OK": "确定", "Open": "打开", "Paste": "粘贴",
	"Quit": "退出", "Redo": "重做", "Save": "保存", "Select all": "全选", "Show Hidden Files": "显示隐藏的文件",
	"Undo": "撤销", "Yes": "是",
	"file.name": plural("名称"), "file.parent": plural("上级"),
	"monday": "星期一", "monday.short": "周一", "tuesday": "星期二", "tuesday.short": "周二",
	"wednesday": "星期三", "wednesday.short": "周三", "thursday": "星期四", "thursday.short": "周四",
	"friday": "星期五", "friday.short": "周五", "saturday": "星期六", "saturday.short": "周六",
	"sunday": "星期日", "sunday.short": "周日",
}

func plural(word string) map[string]string { return map[string]string{"other": word} }

// ForceChinese registers our words under every language that Fyne carries, so that its built-in
// widgets speak Chinese on every system.
func ForceChinese() error {
	words, err := json.Marshal(chinese)
	if err != nil {
		return fmt.Errorf("encode translations: %w", err)
	}
	defer speakChinese()()
	for _, language := range builtInLanguages {
		if err := lang.AddTranslations(fyne.NewStaticResource(language+".json", words)); err != nil {
			return fmt.Errorf("register translations for %s: %w", language, err)
		}
	}
	return nil
}

// speakChinese sets a locale that Fyne can read while it picks a language: it complains of C and POSIX on every call.
// The result puts the environment back, because typing hanzi needs the system's own.
func speakChinese() (restore func()) {
	const name = "LC_ALL"
	before, was := os.LookupEnv(name)
	os.Setenv(name, "zh_CN.UTF-8")
	return func() {
		if was {
			os.Setenv(name, before)
			return
		}
		os.Unsetenv(name)
	}
}
