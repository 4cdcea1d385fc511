// Package cli is the command line: a thin face over app, for scripts, support and measurement.
// Its commands, flags and JSON fields are stable; usage.go lists them.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"

	"peixun/app"
)

// The exit codes that scripts rely on.
const (
	exitDone   = 0
	exitFailed = 1 // something failed or some rows were refused; the JSON says which
	exitUsage  = 2 // wrong use
	exitLocked = 3 // locked, wrong passphrase or damaged database
)

// reply is what a command gives.
type reply struct {
	value   any               // what --json prints
	text    func(w io.Writer) // the same for people
	refused bool              // a part of it failed
}

// action is a command's work, its flags read.
type action func(ctx context.Context, c *call) (reply, error)

// call is one run of one command.
type call struct {
	globals  globals
	in       io.Reader
	messages io.Writer
	name     string   // the command's
	words    []string // its arguments that are no flags
	app      *app.App // nil for commands that need no database
	secret   string   // the passphrase, once more for what asks for it
}

// Run runs one command and gives the program's exit code: 0 all done, 1 something failed or some rows were refused,
// 2 wrong use, 3 locked, wrong passphrase or damaged database. Results go to out, everything else to messages.
// An interrupt cancels the command, which then leaves nothing half done.
func Run(ctx context.Context, arguments []string, in io.Reader, out, messages io.Writer) (exit int) {
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt)
	defer stop()
	c := &call{in: in, messages: messages, name: "peixun"}
	answer, err := c.run(ctx, arguments)
	asJSON := c.globals.json || asksJSON(arguments)
	if answer.value == nil && err != nil && asJSON {
		answer.value = failure{Error: errorItem(err)}
	}
	if failed := writeReply(out, answer, asJSON); failed != nil {
		err = errors.Join(err, fmt.Errorf("write result: %w", failed))
	}
	if err != nil {
		tell(messages, c.name, err)
		return exitOf(err)
	}
	if answer.refused {
		return exitFailed
	}
	return exitDone
}

// asksJSON finds --json behind arguments that could not be read: a script wants its JSON all the same.
func asksJSON(arguments []string) bool {
	if end := slices.Index(arguments, "--"); end >= 0 {
		arguments = arguments[:end]
	}
	return slices.Contains(arguments, "--json")
}

func (c *call) run(ctx context.Context, arguments []string) (answer reply, err error) {
	found, rest, err := find(&c.globals, arguments)
	if err != nil {
		return reply{}, err
	}
	c.name = "peixun " + found.name
	f := newFlags(found.usageLine())
	c.globals.declare(f)
	act := found.prepare(f)
	if c.words, err = f.parse(rest); err != nil {
		return reply{}, err
	}
	if f.help {
		return helpOf(found), nil
	}
	if err := f.judge(found, c.words); err != nil {
		return reply{}, err
	}
	if err := c.admit(ctx, found.access); err != nil {
		return reply{}, err
	}
	if c.app != nil {
		defer func() { err = errors.Join(err, c.app.Close()) }()
	}
	return act(ctx, c)
}
