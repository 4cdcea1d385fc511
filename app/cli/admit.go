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
	c.secret = passphrase
	if wanted == accessNew {
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
	user, err := c.namedUser(ctx)
	if err != nil {
		return err
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
	if fresh {
		return c.askTwice(ctx, terminal, "密码：")
	}
	return c.ask(ctx, terminal, "密码：")
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
