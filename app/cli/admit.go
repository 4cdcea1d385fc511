package cli

import (
	"context"
	"errors"
	"fmt"
	"os"

	"golang.org/x/term"

	"peixun/app"
	"peixun/data"
)

// access says how far a command must get before it can work.
type access int

const (
	accessLogin access = iota // the administrator is logged in
	accessNew                 // the database may be made
	accessNone                // no database
	accessAny                 // the administrator is logged in where there is a database and PEIXUN_PASSPHRASE opens it, else no database
)

// defaults are what every App is opened with; tests make passwords cheap.
var defaults app.Options

// admit opens the database as far as a command needs.
func (c *call) admit(ctx context.Context, wanted access) error {
	if wanted == accessNone {
		return nil
	}
	options, err := c.options()
	if err != nil {
		return err
	}
	if wanted == accessAny && (!app.DatabaseExists(options.Folder) || os.Getenv("PEIXUN_PASSPHRASE") == "") {
		return nil
	}
	if wanted == accessLogin && !app.DatabaseExists(options.Folder) {
		return data.Refuse("not-initialized", "data", fmt.Sprintf("文件夹“%s”里没有数据。", options.Folder),
			"请用 --data 指定数据所在的文件夹，或先运行 peixun init。").Because(data.ErrNotFound)
	}
	passphrase, err := c.passphrase(ctx, wanted == accessNew)
	if err != nil {
		return err
	}
	if c.app, err = app.Open(ctx, options); err != nil {
		return err
	}
	if wanted == accessNew {
		c.secret = passphrase
		return nil
	}
	if err := c.login(ctx, passphrase); err != nil {
		err = errors.Join(err, c.app.Close())
		c.app = nil
		return err
	}
	return nil
}

// options are what the App is opened with.
func (c *call) options() (options app.Options, err error) {
	options = defaults
	options.Brief = true
	if options.Clock, err = c.globals.clock(); err == nil {
		options.Folder, err = c.globals.folder()
	}
	return options, err
}

func (c *call) login(ctx context.Context, passphrase string) error {
	user := os.Getenv("PEIXUN_USER")
	known, err := c.app.Administrators(ctx)
	if err != nil {
		return err
	}
	if user == "" && len(known) > 1 {
		return wrongUse(fmt.Sprintf("这里有 %d 位管理员。", len(known)), "请用环境变量 PEIXUN_USER 指定用户名。")
	}
	return c.app.Login(ctx, user, passphrase)
}

// passphrase is PEIXUN_PASSPHRASE's, or what a person types at the terminal: twice where it is a new one.
func (c *call) passphrase(ctx context.Context, fresh bool) (string, error) {
	if passphrase := os.Getenv("PEIXUN_PASSPHRASE"); passphrase != "" {
		return passphrase, nil
	}
	terminal, ok := c.in.(*os.File)
	if !ok || !term.IsTerminal(int(terminal.Fd())) {
		return "", data.Refuse("passphrase-missing", "passphrase", "没有密码，打不开数据。",
			"请把密码放进环境变量 PEIXUN_PASSPHRASE，或者在终端里运行，按提示输入。").Because(data.ErrLocked)
	}
	passphrase, err := c.ask(ctx, terminal, "密码：")
	if err != nil || !fresh {
		return passphrase, err
	}
	again, err := c.ask(ctx, terminal, "再输入一次：")
	if err == nil && again != passphrase {
		err = data.Refuse("passphrase-differs", "passphrase", "两次输入的密码不一样。", "请重新运行，再输入一次。")
	}
	return passphrase, err
}

// ask reads a line that the terminal does not show. A cancelled ctx leaves the terminal as it was.
func (c *call) ask(ctx context.Context, terminal *os.File, prompt string) (string, error) {
	number := int(terminal.Fd())
	before, err := term.GetState(number)
	if err != nil {
		return "", fmt.Errorf("terminal: %w", err)
	}
	fmt.Fprint(c.messages, prompt)
	defer fmt.Fprintln(c.messages)
	type line struct {
		text []byte
		err  error
	}
	typed := make(chan line, 1)
	go func() {
		text, err := term.ReadPassword(number)
		typed <- line{text, err}
	}()
	select {
	case <-ctx.Done():
		return "", errors.Join(ctx.Err(), term.Restore(number, before))
	case l := <-typed:
		if l.err != nil {
			return "", fmt.Errorf("read passphrase: %w", l.err)
		}
		return string(l.text), nil
	}
}
