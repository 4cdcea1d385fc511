package cli

import (
	"fmt"
	"io"
	"slices"
	"strings"
)

const programUsage = `peixun [--data 文件夹] [--user 用户名] [--json] [--now "2022-03-09 15:21:16"] 命令 …`

// command is one command, such as "order submit".
type command struct {
	name    string
	words   []string // its arguments that are no flags, for help
	flags   string   // its flags, for help
	summary string
	access  access
	prepare func(f *flags) action // declares the flags and gives the work
}

func (c command) usageLine() string {
	return strings.Join(slices.DeleteFunc(append([]string{"peixun", c.name}, append(slices.Clone(c.words), c.flags)...),
		func(part string) bool { return part == "" }), " ")
}

// commands lists all commands in help's order.
func commands() []command {
	return slices.Concat(
		[]command{initCommand(), profileCommand()}, importCommands(), templateCommands(), listCommands(),
		orderCommands(), rechargeCommands(), letterCommands(), sheetCommands(), reportCommands(), submissionCommands(), []command{reconcileCommand(), checkCommand(), backupCommand(), restoreCommand()}, adminCommands(), []command{versionCommand()},
	)
}

// find gives the command that arguments begin with, global flags before, inside and behind its name left out.
func find(g *globals, arguments []string) (found command, rest []string, err error) {
	if rest, err = g.takeLeading(arguments); err != nil {
		return command{}, nil, err
	}
	if len(rest) == 0 {
		return command{}, nil, wrongUse("没有写命令。", "运行 peixun help 查看全部命令。")
	}
	name := rest[0]
	if rest, err = g.takeLeading(rest[1:]); err != nil {
		return command{}, nil, err
	}
	switch {
	case name == "help":
		return helpCommand(rest), nil, nil
	case name == "-h" || name == "--help":
		return helpCommand(nil), nil, nil
	case isFlag(name):
		option, _, _ := splitFlag(name)
		return command{}, nil, wrongUse(fmt.Sprintf("没有 --%s 这个选项。", shown(option)), "用法："+programUsage)
	}
	if len(rest) > 0 {
		if found, ok := named(name + " " + rest[0]); ok {
			return found, rest[1:], nil
		}
	}
	found, ok := named(name)
	if !ok {
		err = unknown(name)
	}
	return found, rest, err
}

// named finds a command by its whole name.
func named(name string) (found command, ok bool) {
	all := commands()
	place := slices.IndexFunc(all, func(c command) bool { return c.name == name })
	if place < 0 {
		return command{}, false
	}
	return all[place], true
}

// unknown refuses a name and tells what could follow where it is the first word of several commands.
func unknown(name string) error {
	var second []string
	for _, c := range commands() {
		if rest, ok := strings.CutPrefix(c.name, name+" "); ok {
			second = append(second, rest)
		}
	}
	if len(second) > 0 {
		return wrongUse(fmt.Sprintf("“%s”后面还要写清是哪一种。", name), fmt.Sprintf("可以写：%s。", strings.Join(second, "、")))
	}
	return wrongUse(fmt.Sprintf("没有“%s”这个命令。", shown(name)), "运行 peixun help 查看全部命令。")
}

// helpCommand explains the command that words name, or all.
func helpCommand(words []string) command {
	words = slices.DeleteFunc(slices.Clone(words), isFlag)
	return command{name: "help", access: accessNone, prepare: func(*flags) action {
		return actionOf(func() (reply, error) {
			if len(words) == 0 {
				return helpOf(commands()...), nil
			}
			name := strings.Join(words, " ")
			var matching []command
			for _, c := range commands() {
				if c.name == name || strings.HasPrefix(c.name, name+" ") {
					matching = append(matching, c)
				}
			}
			if len(matching) == 0 {
				return reply{}, unknown(name)
			}
			return helpOf(matching...), nil
		})
	}}
}

type commandItem struct {
	Name    string `json:"name"`
	Usage   string `json:"usage"`
	Summary string `json:"summary"`
}

func helpOf(list ...command) reply {
	var items []commandItem
	for _, c := range list {
		items = append(items, commandItem{c.name, c.usageLine(), c.summary})
	}
	return reply{value: items, text: func(w io.Writer) {
		for _, item := range items {
			fmt.Fprintf(w, "%s\n    %s\n", item.Usage, item.Summary)
		}
		fmt.Fprint(w, helpFoot)
	}}
}

const helpFoot = `
--data 文件夹    数据所在的文件夹，也可以用环境变量 PEIXUN_DATA
--json          标准输出只有一个 JSON 值：金额以分为单位，编号是文本；说明写在标准错误
--now 时间       把时钟固定在这一刻，如 "2022-03-09 15:21:16"
--user 用户名    用哪个账号登录，也可以用环境变量 PEIXUN_USER；只有一个账号时可以不写
密码放在环境变量 PEIXUN_PASSPHRASE，没有时在终端里询问；要设的新密码放在 PEIXUN_NEW_PASSPHRASE。密码不能写在命令里。
参数里的金额以元为单位。退出码：0 完成，1 有失败或被拒的，2 用法不对，3 已锁定、密码不对或数据损坏。
`
