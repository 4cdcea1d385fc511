package cli

import (
	"context"
	"fmt"
	"io"
	"runtime"
	"runtime/debug"

	"peixun/app"
	"peixun/data"
)

// actionOf is an action that needs neither database nor context.
func actionOf(work func() (reply, error)) action {
	return func(context.Context, *call) (reply, error) { return work() }
}

type setupReply struct {
	Unit        string `json:"unit" label:"单位"`
	Admin       string `json:"admin" label:"管理员"`
	RecoveryKey string `json:"recovery_key" label:"恢复密钥"`
}

func initCommand() command {
	return command{name: "init", flags: "--unit 单位全称 --admin 用户名 [--uscc 统一社会信用代码]", access: accessNew,
		summary: "建立数据库、手册里的三个培训计划、单位和第一位管理员",
		prepare: func(f *flags) action {
			unit, admin, uscc := f.need("unit"), f.need("admin"), f.text("uscc")
			return func(ctx context.Context, c *call) (reply, error) {
				key, err := c.app.Initialize(ctx, app.Setup{Unit: *unit, USCC: *uscc, User: *admin, Password: c.secret})
				if err != nil {
					return reply{}, err
				}
				organizations, err := c.app.Organizations(ctx)
				if err != nil {
					return reply{}, err
				}
				administrator, _ := c.app.Session()
				made := setupReply{Unit: organizations.Root().Name, Admin: administrator.User, RecoveryKey: key}
				return reply{value: made, text: func(w io.Writer) {
					writeFields(w, made)
					fmt.Fprintln(w, "恢复密钥只显示这一次。忘记密码时只有它能打开数据，请抄写或打印后锁好。")
				}}, nil
			}
		}}
}

type profileReply struct {
	Name       string         `json:"name" label:"姓名"`
	Department string         `json:"department" label:"部门/职务"`
	Mobile     string         `json:"mobile" label:"手机号"`
	Phone      string         `json:"phone" label:"座机"`
	Email      string         `json:"email" label:"邮箱"`
	Unit       string         `json:"unit" label:"单位全称"`
	USCC       string         `json:"uscc" label:"统一社会信用代码"`
	Address    string         `json:"address" label:"通讯地址"`
	Postcode   string         `json:"postcode" label:"邮编"`
	Missing    []fieldProblem `json:"missing"`
}

func profileCommand() command {
	return command{name: "profile", summary: "查看或补全管理员信息，并列出还缺什么",
		flags: "[--name 姓名] [--mobile 手机号] [--email 邮箱] [--department 部门] [--phone 座机] [--address 地址] [--postcode 邮编]",
		prepare: func(f *flags) action {
			var profile data.Profile
			fields := map[string]*string{"name": &profile.Name, "mobile": &profile.Mobile, "email": &profile.Email, "department": &profile.Department,
				"phone": &profile.Phone, "address": &profile.Address, "postcode": &profile.Postcode}
			given := map[string]*string{}
			for name := range fields {
				given[name] = f.text(name)
			}
			return func(ctx context.Context, c *call) (reply, error) {
				var err error
				if profile, err = c.app.Profile(ctx); err != nil {
					return reply{}, err
				}
				changed := false
				for name, field := range fields {
					if f.given(name) {
						*field, changed = *given[name], true
					}
				}
				if changed {
					if err := c.app.SaveProfile(ctx, profile); err != nil {
						return reply{}, err
					}
				}
				return c.profileReply(ctx)
			}
		}}
}

func (c *call) profileReply(ctx context.Context) (reply, error) {
	p, err := c.app.Profile(ctx)
	if err != nil {
		return reply{}, err
	}
	gaps, err := c.app.ProfileGaps(ctx)
	if err != nil {
		return reply{}, err
	}
	shown := profileReply{Name: p.Name, Department: p.Department, Mobile: p.Mobile, Phone: p.Phone, Email: p.Email, Unit: p.Unit, USCC: p.USCC,
		Address: p.Address, Postcode: p.Postcode, Missing: fieldItems(gaps, data.LevelError)}
	return reply{value: shown, text: func(w io.Writer) {
		writeFields(w, shown)
		if len(shown.Missing) > 0 {
			fmt.Fprintf(w, "还缺 %d 项，补全后才能提交：\n", len(shown.Missing))
			writeProblems(w, shown.Missing)
		}
	}}, nil
}

type invariantItem struct {
	Name   string `json:"name" label:"项目"`
	OK     bool   `json:"ok" label:"正常"`
	Detail string `json:"detail" label:"问题"`
	Fix    string `json:"-" label:"怎么改"`
}

type checkReply struct {
	OK         bool            `json:"ok"`
	Invariants []invariantItem `json:"invariants"`
}

func checkCommand() command {
	return command{name: "check", summary: "数据体检", prepare: func(*flags) action {
		return func(ctx context.Context, c *call) (reply, error) {
			checkup, err := c.app.Checkup(ctx, nil)
			if err != nil {
				return reply{}, err
			}
			result := checkReply{OK: true, Invariants: []invariantItem{}}
			for _, invariant := range checkup.Invariants {
				result.OK = result.OK && invariant.OK
				result.Invariants = append(result.Invariants, invariantItem{invariant.Name, invariant.OK, invariant.Detail, invariant.Fix})
			}
			return reply{value: result, refused: !result.OK, text: func(w io.Writer) { writeTable(w, result.Invariants) }}, nil
		}
	}}
}

type versionReply struct {
	Version  string `json:"version" label:"版本"`
	Go       string `json:"go" label:"Go"`
	SQLite   string `json:"sqlite" label:"SQLite"`
	Renderer string `json:"renderer" label:"界面"`
	System   string `json:"system" label:"系统"`
}

func versionCommand() command {
	return command{name: "version", summary: "程序、Go、SQLite 和界面的版本", access: accessNone, prepare: func(*flags) action {
		return actionOf(func() (reply, error) {
			version := versionReply{Version: app.Version, Go: runtime.Version(), SQLite: builtWith("modernc.org/sqlite"),
				Renderer: builtWith("fyne.io/fyne/v2"), System: runtime.GOOS + "/" + runtime.GOARCH}
			return reply{value: version, text: func(w io.Writer) { writeFields(w, version) }}, nil
		})
	}}
}

// builtWith gives a module and its version as the program was built with it, or "".
func builtWith(module string) string {
	build, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	for _, dependency := range build.Deps {
		if dependency.Path == module {
			return module + " " + dependency.Version
		}
	}
	return ""
}
