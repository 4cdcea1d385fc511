package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"regexp"

	"peixun/app"
	"peixun/data"
)

var errUsage = errors.New("wrong use")

// wrongUse refuses arguments that make no command.
func wrongUse(what, fix string) error {
	return data.Refuse("usage", "", what, fix).Because(errUsage)
}

// asUsage gives what a rule of the domain says about an argument the exit code of wrong use.
func asUsage(err error) error {
	if problem, ok := data.AsProblem(err); ok {
		return problem.Because(errUsage)
	}
	return err
}

// exitOf gives an error's exit code.
func exitOf(err error) int {
	switch {
	case errors.Is(err, errUsage):
		return exitUsage
	case errors.Is(err, data.ErrLocked), errors.Is(err, data.ErrWrongPassphrase), errors.Is(err, data.ErrDamaged):
		return exitLocked
	}
	return exitFailed
}

// problemOf gives the words for any error. One that nobody can mend gets a plain sentence; its chain is for PEIXUN_DEBUG.
func problemOf(err error) data.Problem {
	if problem, ok := data.AsProblem(err); ok {
		problem.What, problem.Fix = withoutNumbers(problem.What), withoutNumbers(problem.Fix)
		problem.Where.File = withoutNumbers(problem.Where.File)
		return problem
	}
	if errors.Is(err, context.Canceled) {
		return data.Refuse("canceled", "", "已取消。", "没有改动任何数据。")
	}
	return data.Refuse("failure", "", "程序出错，这一步没有完成。", "请再试一次；还不行就设置环境变量 PEIXUN_DEBUG=1 后重做，把显示的内容交给技术人员。")
}

// tell writes an error for people: where, what, how to mend it. PEIXUN_DEBUG adds the chain behind it.
func tell(w io.Writer, where string, err error) {
	problem := problemOf(err)
	if place := problem.Where.String(); place != "" {
		where += "，" + place
	}
	fmt.Fprintf(w, "在哪里：%s\n是什么：%s\n", where, problem.What)
	if problem.Fix != "" {
		fmt.Fprintf(w, "怎么改：%s\n", problem.Fix)
	}
	if os.Getenv("PEIXUN_DEBUG") == "" {
		return
	}
	if _, ok := data.AsProblem(err); ok {
		err = problem.Cause
	}
	if err != nil {
		fmt.Fprintf(w, "debug: %s\n", withoutNumbers(err.Error()))
	}
}

var longNumber = regexp.MustCompile("[0-9]{17,}[0-9Xx]")

// withoutNumbers masks what may be identity numbers in a message, which may repeat a wrong argument.
func withoutNumbers(message string) string {
	return longNumber.ReplaceAllStringFunc(message, app.MaskIDNumber)
}

// failure is what --json prints where a command gives nothing else.
type failure struct {
	Error *fieldProblem `json:"error"`
}

// fieldProblem is a problem with a form's field.
type fieldProblem struct {
	Field   string     `json:"field"`
	Level   data.Level `json:"level"`
	Code    string     `json:"code"`
	Message string     `json:"message"`
	Fix     string     `json:"fix"`
}

func fieldItem(problem data.Problem) fieldProblem {
	return fieldProblem{Field: problem.Where.Field, Level: problem.Level, Code: problem.Code, Message: problem.What, Fix: problem.Fix}
}

func errorItem(err error) *fieldProblem {
	if err == nil {
		return nil
	}
	item := fieldItem(problemOf(err))
	return &item
}

// fieldItems gives the problems of one level.
func fieldItems(problems []data.Problem, level data.Level) []fieldProblem {
	items := []fieldProblem{}
	for _, problem := range problems {
		if problem.Level == level {
			items = append(items, fieldItem(problem))
		}
	}
	return items
}

// writeProblems lists problems for people, one a line.
func writeProblems(w io.Writer, items []fieldProblem) {
	for _, item := range items {
		fmt.Fprintf(w, "  · %s%s\n", item.Message, item.Fix)
	}
}
