// Package journey walks the administrator's whole yearly job through the real window, step by step, and checks the stored data
// after each. The tour and the end-to-end tests share it.
package journey

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"peixun/e2e/driver"
	"peixun/e2e/papers"
)

// Options say where the journey takes place.
type Options struct {
	// Binary is the program, built with the tag e2e.
	Binary string
	// Out is the folder for pictures, workbooks and letters.
	Out string
	// Home holds the data and settings; it must be empty at first.
	Home string
}

// Journey is one administrator's year. Its steps build on each other.
type Journey struct {
	options  Options
	display  *driver.Display
	program  *driver.Program
	headless driver.Headless
	pictures []string // their file names, in the order taken
	long     []string // what programs that have ended said of long calls on the UI thread
	desk     desk
	facts    facts
}

// desk is what lies on the administrator's desk.
type desk struct {
	rosterFile, hoursFile, voucherFile, statementFile string
	roster                                            papers.Roster
	hours                                             papers.Hours
	statement                                         papers.Statement
}

// facts are what was learnt on the way and must stay true.
type facts struct {
	order, batch string
}

// The administrator, the money, and the days on which she works: the clock stands still between two starts of the program.
const (
	user, password = "zhaoxl", "Peixun-2022"
	firstDay       = "2022-03-09 09:30:00"
	reviewDay      = "2022-03-15 10:05:00"
	summerDay      = "2022-06-17 13:02:11"

	perPerson     = 40_00    // 分
	unitAmount    = 10240_00 // 分, for 256 people
	stationAmount = 1280_00  // 分, for 32 people
	orderAmount   = unitAmount + stationAmount
)

var receipt = papers.Receipt{Bank: "城南商业银行育才支行", Account: "330101201900556678", PaidAt: "2022-03-08 15:21:16", Amount: "11,520.00",
	Capitals: "壹万壹仟伍佰贰拾元整", Purpose: "2022年公共知识培训费", Sequence: "2203 0815 2116 0042"}

// Step is one part of the job.
type Step struct {
	// Name is what the step does, in the program's words.
	Name string
	do   func(j *Journey)
}

// New lays the files on the desk and switches a screen on.
func New(options Options) (*Journey, error) {
	j := &Journey{options: options}
	for _, folder := range []string{options.Out, options.Home} {
		if err := os.MkdirAll(folder, 0o755); err != nil {
			return nil, err
		}
	}
	j.headless = driver.Headless{Binary: options.Binary, Data: j.data(), Passphrase: password}
	if err := j.writePapers(); err != nil {
		return nil, err
	}
	var err error
	j.display, err = driver.OpenDisplay(1280, 800)
	return j, err
}

func (j *Journey) writePapers() (err error) {
	d := &j.desk
	d.rosterFile, d.hoursFile, d.voucherFile = j.out("参训人员名单.xlsx"), j.out("线下学时.xlsx"), j.out("转账回单.jpg")
	if d.roster, err = papers.WriteRoster(d.rosterFile); err != nil {
		return err
	}
	if d.hours, err = papers.WriteHours(d.hoursFile, d.roster.Good); err != nil {
		return err
	}
	d.statementFile = j.out("银行流水.xlsx")
	if d.statement, err = papers.WriteStatement(d.statementFile, receipt); err != nil {
		return err
	}
	return papers.WriteVoucher(d.voucherFile, receipt)
}

// Close ends the program and the screen.
func (j *Journey) Close() {
	j.end()
	j.display.Close()
}

// end kills the program where one runs, as a power cut does.
func (j *Journey) end() {
	if j.program != nil {
		j.program.Kill()
		j.long = append(j.long, j.program.LongCalls()...)
		j.program = nil
	}
}

// LongCalls are the calls so far that kept the UI thread busy for too long, as the program's own watch tells of them.
func (j *Journey) LongCalls() []string {
	if j.program == nil {
		return j.long
	}
	return append(slices.Clone(j.long), j.program.LongCalls()...)
}

// Do takes one step.
func (j *Journey) Do(step Step) error { return driver.Try(func() { step.do(j) }) }

func (j *Journey) data() string { return filepath.Join(j.options.Home, "培训管理台") }

// out names a file that the journey leaves.
func (j *Journey) out(name string) string {
	path, err := filepath.Abs(filepath.Join(j.options.Out, name))
	if err != nil {
		return name
	}
	return path
}

// start starts the program on a day; one that runs is killed, as a power cut does.
func (j *Journey) start(now string) {
	j.end()
	program, err := j.display.Start(driver.Options{Binary: j.options.Binary, Data: j.data(), Home: j.options.Home, Now: now, Pictures: j.options.Out})
	if err != nil {
		panic(&driver.Failure{What: err.Error()})
	}
	j.program, j.headless.Now = program, now
}

// picture writes the next numbered screenshot, the mouse out of the way and no old message over the window.
func (j *Journey) picture(name string) {
	j.program.DismissToasts()
	j.program.PointAway(660, 797)
	j.pictureAsIs(name)
}

// pictureAsIs is picture with the mouse and the messages as they are.
func (j *Journey) pictureAsIs(name string) {
	file := fmt.Sprintf("%02d-%s.png", len(j.pictures)+1, name)
	j.pictures = append(j.pictures, file)
	j.program.Picture(file)
}

// Pictures are the file names of the screenshots taken so far.
func (j *Journey) Pictures() []string { return j.pictures }

// ask runs a command headless and reads its answer; another exit code than wanted ends the step.
func (j *Journey) ask(wanted int, answer any, command ...string) {
	exit, err := j.headless.Ask(answer, command...)
	j.program.Must(err)
	if exit != wanted {
		j.program.Fail("peixun %v: exit %d, want %d", command, exit, wanted)
	}
}

// check compares what is stored with what must be.
func check[T comparable](j *Journey, what string, got, want T) {
	if got != want {
		j.program.Fail("%s: %v, want %v", what, got, want)
	}
}

// healthy runs 数据体检 and ends the step where anything is off.
func (j *Journey) healthy() {
	var health struct {
		OK         bool `json:"ok"`
		Invariants []struct {
			Name, Detail string
			OK           bool
		}
	}
	j.ask(0, &health, "check")
	for _, one := range health.Invariants {
		if !one.OK {
			j.program.Fail("数据体检: %s: %s", one.Name, one.Detail)
		}
	}
	if !health.OK || len(health.Invariants) == 0 {
		j.program.Fail("数据体检: %+v", health)
	}
}

// everything writes down all that is stored.
func (j *Journey) everything() string {
	all := fmt.Sprint(j.trainees())
	for _, list := range []string{"organizations", "plans", "orders", "batches", "recharges", "hours", "letters"} {
		var items []map[string]any
		j.ask(0, &items, "list", list)
		all += fmt.Sprint(list, items)
	}
	return all
}
