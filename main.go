// Peixun Desk: 公共知识培训·单位管理台. Without a command it opens the window.
package main

import (
	"context"
	"fmt"
	"os"

	"fyne.io/fyne/v2"
	fyneapp "fyne.io/fyne/v2/app"

	"peixun/app"
	"peixun/app/cli"
	"peixun/assets"
	"peixun/views"
	_ "peixun/views/locale" // before Fyne looks for the language
	"peixun/views/theme"
)

const (
	identity = "cn.peixun.desk"
	title    = "培训管理台"
)

func main() {
	options, command, err := cli.Parse(os.Args[1:])
	if err != nil || len(command) > 0 {
		os.Exit(cli.Run(context.Background(), os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
	}
	if err := open(app.Options{Folder: options.Folder, Clock: options.Clock}); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// open shows the window until it is closed. Where the data cannot be opened, the window says why.
func open(options app.Options) error {
	program := fyneapp.NewWithID(identity)
	program.SetIcon(fyne.NewStaticResource("icon.png", assets.ProgramIcon))
	if err := theme.ForceChinese(); err != nil {
		return err
	}
	release, err := app.Claim(options.Folder)
	if err != nil {
		views.ShowFailure(program, title, err)
		return err
	}
	defer release()
	if closeDiary, err := app.OpenDiary(options.Folder); err == nil {
		defer closeDiary()
	}
	return views.Run(program, title, options)
}
