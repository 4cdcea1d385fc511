package cli

import (
	"flag"
	"fmt"
	"io"
	"strings"
)

// flags reads a command's flags wherever they stand: before, between or after its words.
type flags struct {
	*flag.FlagSet
	usage    string
	required []string
	help     bool
}

func newFlags(usage string) *flags {
	f := &flags{FlagSet: flag.NewFlagSet("", flag.ContinueOnError), usage: usage}
	f.SetOutput(io.Discard)
	f.BoolVar(&f.help, "help", false, "")
	f.BoolVar(&f.help, "h", false, "")
	return f
}

// text declares a flag with a text.
func (f *flags) text(name string) *string { return f.String(name, "", "") }

// need declares a flag with a text that must be given.
func (f *flags) need(name string) *string {
	f.required = append(f.required, name)
	return f.text(name)
}

// flag declares a flag without a value.
func (f *flags) flag(name string) *bool { return f.Bool(name, false, "") }

// texts collects a flag that may be given several times.
type texts []string

// String implements flag.Value.
func (t *texts) String() string { return strings.Join(*t, "、") }

// Set implements flag.Value.
func (t *texts) Set(text string) error {
	*t = append(*t, text)
	return nil
}

// many declares a flag that may be given several times.
func (f *flags) many(name string) *texts {
	var list texts
	f.Var(&list, name, "")
	return &list
}

// wrong refuses how the command is used and shows how it should be.
func (f *flags) wrong(what string) error { return wrongUse(what, "用法："+f.usage) }

// isFlag tells a flag from a word; a lone - is a word.
func isFlag(argument string) bool { return len(argument) > 1 && argument[0] == '-' }

func splitFlag(argument string) (name, value string, hasValue bool) {
	return strings.Cut(strings.TrimLeft(argument, "-"), "=")
}

// knows tells whether an argument is one of these flags.
func (f *flags) knows(argument string) bool {
	name, _, _ := splitFlag(argument)
	return isFlag(argument) && f.Lookup(name) != nil && name != "help" && name != "h"
}

// parse reads all arguments and gives the words among them.
func (f *flags) parse(arguments []string) (words []string, err error) {
	for len(arguments) > 0 {
		switch {
		case arguments[0] == "--":
			return append(words, arguments[1:]...), nil
		case isFlag(arguments[0]):
			if arguments, err = f.take(arguments); err != nil {
				return nil, err
			}
		default:
			words = append(words, arguments[0])
			arguments = arguments[1:]
		}
	}
	return words, nil
}

// take reads the flag at the front and gives the arguments after it.
func (f *flags) take(arguments []string) (rest []string, err error) {
	name, value, hasValue := splitFlag(arguments[0])
	rest = arguments[1:]
	known := f.Lookup(name)
	if known == nil {
		return nil, f.wrong(fmt.Sprintf("没有 --%s 这个选项。", shown(name)))
	}
	switch _, isSwitch := known.Value.(interface{ IsBoolFlag() bool }); {
	case hasValue:
	case isSwitch:
		value = "true"
	case len(rest) == 0:
		return nil, f.wrong(fmt.Sprintf("--%s 后面缺少内容。", name))
	default:
		value, rest = rest[0], rest[1:]
	}
	if err := f.Set(name, value); err != nil {
		return nil, f.wrong(fmt.Sprintf("--%s 后面的内容不对。", name))
	}
	return rest, nil
}

// given tells whether a flag stood among the arguments.
func (f *flags) given(name string) bool {
	found := false
	f.Visit(func(one *flag.Flag) { found = found || one.Name == name })
	return found
}

// judge tells what the command still lacks, or has too much of.
func (f *flags) judge(c command, words []string) error {
	for _, name := range f.required {
		if f.Lookup(name).Value.String() == "" {
			return f.wrong(fmt.Sprintf("缺少 --%s。", name))
		}
	}
	if len(words) < len(c.words) {
		return f.wrong(fmt.Sprintf("缺少 %s。", strings.Join(c.words[len(words):], " ")))
	}
	if len(words) > len(c.words) {
		return f.wrong(fmt.Sprintf("多了“%s”。", shown(words[len(c.words)])))
	}
	return nil
}

// maxShown is how much of a wrong argument a message repeats, in runes.
const maxShown = 20

// shown shortens a wrong argument that a message repeats.
func shown(argument string) string {
	if runes := []rune(argument); len(runes) > maxShown {
		argument = string(runes[:maxShown]) + "…"
	}
	return argument
}
