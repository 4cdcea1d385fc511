package cli

import (
	"context"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"golang.org/x/term"

	"peixun/app"
	"peixun/data"
)

// adminItem is an administrator's account; nothing in it opens anything.
type adminItem struct {
	User      string            `json:"user" label:"用户名"`
	Name      string            `json:"name" label:"姓名"`
	Role      data.Role         `json:"role" label:"权限"`
	State     data.AccountState `json:"state" label:"状态"`
	Temporary bool              `json:"temporary_password" label:"临时密码"`
	LastLogin data.Moment       `json:"last_login" label:"上次登录"`
	Wait      int               `json:"wait_seconds" label:"还要等（秒）"`
}

// adminReply answers a change of accounts with all of them.
func (c *call) adminReply(ctx context.Context) (reply, error) {
	known, err := c.app.Administrators(ctx)
	if err != nil {
		return reply{}, err
	}
	waiting, err := c.app.LockedAdministrators(ctx)
	if err != nil {
		return reply{}, err
	}
	items := make([]adminItem, 0, len(known))
	for _, one := range known {
		wait := (waiting[one.ID].Wait + time.Second - 1) / time.Second
		items = append(items, adminItem{one.User, one.Name, one.Role, one.State, one.MustChange, one.LastLogin, int(wait)})
	}
	return reply{value: items, text: func(w io.Writer) { writeTable(w, items) }}, nil
}

// adminNamed finds an account by its user name.
func (c *call) adminNamed(ctx context.Context, user string) (data.Administrator, error) {
	known, err := c.app.Administrators(ctx)
	if err != nil {
		return data.Administrator{}, err
	}
	place := slices.IndexFunc(known, func(one data.Administrator) bool { return one.User == user })
	if place < 0 {
		return data.Administrator{}, data.Refuse("user-unknown", "user", fmt.Sprintf("没有用户名为“%s”的账号。", shown(user)), "运行 peixun admin list 查看全部账号。").Because(data.ErrNotFound)
	}
	return known[place], nil
}

func adminCommands() []command {
	return []command{
		{name: "admin list", summary: "全部账号：权限、状态、上次登录", prepare: func(*flags) action {
			return func(ctx context.Context, c *call) (reply, error) { return c.adminReply(ctx) }
		}},
		adminAddCommand(),
		{name: "admin role", words: []string{"用户名", "管理员|经办|只读"}, summary: "改一个账号的权限", prepare: func(*flags) action {
			return changing(func(ctx context.Context, c *call, one data.Administrator) error {
				return c.app.SetAdministratorRole(ctx, one.ID, data.Role(c.words[1]))
			})
		}},
		{name: "admin disable", words: []string{"用户名"}, summary: "停用一个账号：它的密码马上失效", prepare: func(*flags) action {
			return changing(func(ctx context.Context, c *call, one data.Administrator) error {
				return c.app.DisableAdministrator(ctx, one.ID)
			})
		}},
		{name: "admin enable", words: []string{"用户名"}, summary: "重新启用一个账号，设一个临时密码", prepare: func(*flags) action {
			return changing(func(ctx context.Context, c *call, one data.Administrator) error {
				fresh, err := c.newPassphrase(ctx)
				if err != nil {
					return err
				}
				return c.app.EnableAdministrator(ctx, c.secret, one.ID, fresh)
			})
		}},
		{name: "admin remove", words: []string{"用户名"}, summary: "移除一个账号，不能恢复", prepare: func(*flags) action {
			return changing(func(ctx context.Context, c *call, one data.Administrator) error {
				return c.app.RemoveAdministrator(ctx, one.ID)
			})
		}},
		{name: "admin new-key", summary: "更换数据密钥：全部重新加密，给出新的恢复密钥，旧的作废", prepare: func(*flags) action { return rotateKey }},
		{name: "admin unlock", words: []string{"用户名"}, summary: "解锁一个输错密码被锁的账号", prepare: func(*flags) action {
			return changing(func(ctx context.Context, c *call, one data.Administrator) error {
				return c.app.UnlockAdministrator(ctx, one.ID)
			})
		}},
		{name: "admin password", words: []string{"用户名"}, summary: "改自己的密码，或给别人设一个临时密码", prepare: func(*flags) action { return changing(givePassword) }},
	}
}

// changing is an action on the account that the first word names.
func changing(work func(ctx context.Context, c *call, one data.Administrator) error) action {
	return func(ctx context.Context, c *call) (reply, error) {
		one, err := c.adminNamed(ctx, c.words[0])
		if err != nil {
			return reply{}, err
		}
		if err := work(ctx, c, one); err != nil {
			return reply{}, err
		}
		return c.adminReply(ctx)
	}
}

// rotatedReply tells the recovery key that is good from now on.
type rotatedReply struct {
	RecoveryKey string `json:"recovery_key" label:"恢复密钥"`
}

func rotateKey(ctx context.Context, c *call) (reply, error) {
	key, err := c.app.RotateKey(ctx, c.secret, nil)
	if err != nil {
		return reply{}, err
	}
	made := rotatedReply{key}
	return reply{value: made, text: func(w io.Writer) {
		writeFields(w, made)
		fmt.Fprintln(w, "恢复密钥只显示这一次，旧的已经作废。请抄写或打印后锁好。以前的备份仍用当时的密码打开。")
	}}, nil
}

func givePassword(ctx context.Context, c *call, one data.Administrator) error {
	fresh, err := c.newPassphrase(ctx)
	if err != nil {
		return err
	}
	if current, _ := c.app.Session(); current.ID == one.ID {
		return c.app.ChangePassword(ctx, c.secret, fresh)
	}
	return c.app.ResetAdministratorPassword(ctx, c.secret, one.ID, fresh)
}

func adminAddCommand() command {
	return command{name: "admin add", words: []string{"用户名"}, flags: "--name 姓名 [--role 管理员|经办|只读]", summary: "添加一个账号，设一个临时密码，第一次登录时要改",
		prepare: func(f *flags) action {
			name, role := f.need("name"), f.text("role")
			return func(ctx context.Context, c *call) (reply, error) {
				fresh := app.NewAdministrator{User: c.words[0], Name: *name, Role: data.Role(*role)}
				if fresh.Role == "" {
					fresh.Role = data.RoleClerk
				}
				var err error
				if fresh.Password, err = c.newPassphrase(ctx); err != nil {
					return reply{}, err
				}
				if _, err := c.app.AddAdministrator(ctx, c.secret, fresh); err != nil {
					return reply{}, err
				}
				return c.adminReply(ctx)
			}
		}}
}

// newPassphrase is PEIXUN_NEW_PASSPHRASE's, or what a person types at the terminal twice. It never stands among the arguments, which
// everybody on the machine can read.
func (c *call) newPassphrase(ctx context.Context) (string, error) {
	if passphrase := os.Getenv("PEIXUN_NEW_PASSPHRASE"); passphrase != "" {
		return passphrase, nil
	}
	terminal, ok := c.in.(*os.File)
	if !ok || !term.IsTerminal(int(terminal.Fd())) {
		return "", data.Refuse("passphrase-missing", "password", "没有新密码。", "请把新密码放进环境变量 PEIXUN_NEW_PASSPHRASE，或者在终端里运行，按提示输入。").Because(errUsage)
	}
	return c.askTwice(ctx, terminal, "新密码：")
}

// askTwice asks for a new password, twice.
func (c *call) askTwice(ctx context.Context, terminal *os.File, prompt string) (string, error) {
	passphrase, err := c.ask(ctx, terminal, prompt)
	if err != nil {
		return "", err
	}
	again, err := c.ask(ctx, terminal, "再输入一次：")
	if err == nil && again != passphrase {
		err = data.Refuse("passphrase-differs", "passphrase", "两次输入的密码不一样。", "请重新运行，再输入一次。")
	}
	return passphrase, err
}

// namedUser is --user, or PEIXUN_USER. Where neither names one of several, it is refused.
func (c *call) namedUser(ctx context.Context) (string, error) {
	user := c.globals.user
	if user == "" {
		user = os.Getenv("PEIXUN_USER")
	}
	known, err := c.app.Administrators(ctx)
	if err != nil {
		return "", err
	}
	if enabled := data.EnabledAdministrators(known); user == "" && len(enabled) > 1 {
		var users []string
		for _, one := range enabled {
			users = append(users, one.User)
		}
		return "", wrongUse(fmt.Sprintf("这里有 %d 个账号：%s。", len(enabled), strings.Join(users, "、")), "请用 --user 或环境变量 PEIXUN_USER 指定用户名。")
	}
	return user, nil
}
