//go:build !windows

package printing

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"strings"

	"peixun/data"
)

// request finds the printer's name in what lp answers: request id is HP_LaserJet-42 (1 file(s)).
var request = regexp.MustCompile(`request id is (.+)-\d+ `)

// send prints with CUPS, which copies the file before lp ends.
func send(ctx context.Context, path, title string) (Job, error) {
	command := exec.CommandContext(ctx, "lp", "-t", title, "--", path)
	command.Env = append(os.Environ(), "LC_ALL=C") // the answer's words are read
	answer, err := command.CombinedOutput()
	var ended *exec.ExitError
	switch {
	case err == nil:
		job := Job{Taken: true}
		if found := request.FindSubmatch(answer); found != nil {
			job.Printer = string(found[1])
		}
		return job, nil
	case ctx.Err() != nil:
		return Job{}, data.Refuse("printer-silent", "", "打印机没有回应。", "请看打印机是否开着、连着，再打印一次；也可以保存为 PDF 再打印。").Because(err)
	case !errors.As(err, &ended), lacksPrinter(string(answer)):
		return Job{}, fmt.Errorf("%w: %w", ErrNoPrinter, err)
	}
	return Job{}, data.Refuse("printer-refused", "", "打印机没有接受这份文件。", "请看打印机是否开着、有没有报错，再打印一次；也可以保存为 PDF 再打印。").Because(fmt.Errorf("%w: %.200s", err, answer))
}

func lacksPrinter(answer string) bool {
	for _, words := range []string{"no default destination", "does not exist", "No destinations added", "scheduler is not running", "Unable to connect", "Bad file descriptor"} {
		if strings.Contains(answer, words) {
			return true
		}
	}
	return false
}

// start runs a program beside ours.
func start(name string, arguments ...string) error {
	command := exec.Command(name, arguments...)
	if err := command.Start(); err != nil {
		return err
	}
	go command.Wait()
	return nil
}
