package data

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
)

// Level says what a problem does to the row or form that it stands in.
type Level string

const (
	// LevelError blocks the import or submission of its row or form; a draft can still be saved.
	LevelError Level = "error"
	// LevelWarning asks for a confirmation, which is stored.
	LevelWarning Level = "warning"
	// LevelFixed was mended automatically and is only listed.
	LevelFixed Level = "fixed"
)

// Place says where a problem stands. Empty parts are unknown or do not apply.
type Place struct {
	File   string // the file's name without its folder
	Sheet  string // the sheet's name in the workbook
	Row    int    // the row's number in the sheet, from 1
	Column string // the column's header as the file writes it, or the form's label
	Cell   string // the cell's address, such as E47
	Field  string // the key of the form's field or column, such as "id_number"
}

// String writes the place for people: “所在单位”列，单元格 E47.
func (p Place) String() string {
	var parts []string
	if p.File != "" {
		parts = append(parts, "文件“"+p.File+"”")
	}
	if p.Sheet != "" {
		parts = append(parts, "工作表“"+p.Sheet+"”")
	}
	switch {
	case p.Column != "" && p.Row > 0:
		parts = append(parts, "“"+p.Column+"”列")
	case p.Column != "":
		parts = append(parts, "“"+p.Column+"”一栏")
	}
	switch {
	case p.Cell != "":
		parts = append(parts, "单元格 "+p.Cell)
	case p.Row > 0:
		parts = append(parts, fmt.Sprintf("第 %d 行", p.Row))
	}
	return strings.Join(parts, "，")
}

// Problem is what people are told: where, what, and how to mend it, in plain Chinese.
// It is an error too, so a use case can refuse with one; Cause carries the chain for the log.
type Problem struct {
	Where Place
	What  string
	Fix   string
	Level Level
	Code  string // a stable slug such as "id-checksum"
	Cause error  // for the log only, never shown
}

// Error gives what and how to mend it in one sentence.
func (p Problem) Error() string {
	if p.Fix == "" {
		return p.What
	}
	return p.What + p.Fix
}

// Unwrap gives the cause, so errors.Is finds the sentinels below through a Problem.
func (p Problem) Unwrap() error { return p.Cause }

// In gives the problem with its place filled in.
func (p Problem) In(place Place) Problem {
	p.Where = place
	return p
}

// OfFile says of a problem which file it is about, by the path; an error that is none stays as it is.
func OfFile(err error, path string) error {
	problem, ok := AsProblem(err)
	if !ok {
		return err
	}
	problem.Where.File = filepath.Base(path)
	return problem
}

// Refuse makes an error-level problem that belongs to a form field.
func Refuse(code, field, what, fix string) Problem {
	return Problem{Where: Place{Field: field}, What: what, Fix: fix, Level: LevelError, Code: code}
}

// Warn makes a warning that belongs to a form field.
func Warn(code, field, what, fix string) Problem {
	return Problem{Where: Place{Field: field}, What: what, Fix: fix, Level: LevelWarning, Code: code}
}

// Fixed tells of something that was mended automatically.
func Fixed(code, field, what string) Problem {
	return Problem{Where: Place{Field: field}, What: what, Level: LevelFixed, Code: code}
}

// Because gives the problem with the error that lies behind it, for the log.
func (p Problem) Because(cause error) Problem {
	p.Cause = cause
	return p
}

// AsProblem finds the problem for people in an error's chain.
func AsProblem(err error) (Problem, bool) {
	var problem Problem
	ok := errors.As(err, &problem)
	return problem, ok
}

// HasErrors tells whether any of the problems blocks.
func HasErrors(problems []Problem) bool {
	for _, problem := range problems {
		if problem.Level == LevelError {
			return true
		}
	}
	return false
}

// Sentinels for programs; each reaches people inside a Problem.
var (
	ErrLocked          = errors.New("locked")
	ErrWrongPassphrase = errors.New("wrong passphrase")
	ErrDamaged         = errors.New("damaged database")
	ErrNotFound        = errors.New("not found")
	ErrBatchTooSmall   = errors.New("card batch has too little left")
	ErrTraineeDisabled = errors.New("trainee is disabled")
	ErrWrongState      = errors.New("not allowed in this state")
	ErrStale           = errors.New("changed by someone else meanwhile")
	ErrRight           = errors.New("right missing")
)
