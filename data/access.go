package data

import (
	"slices"
	"time"
)

// Role is what an administrator is there for; Role.May says what it may do.
type Role string

// The roles.
const (
	RoleManager Role = "管理员" // everything
	RoleClerk   Role = "经办"  // the daily work
	RoleReader  Role = "只读"  // looking, reporting, and exporting with masked numbers
)

// Roles lists them in the order in which they are offered.
var Roles = []Role{RoleManager, RoleClerk, RoleReader}

// Means says in a sentence what a role may do and what not.
func (r Role) Means() string {
	switch r {
	case RoleManager:
		return "什么都可以做，包括管理账号、恢复备份和改单位设置。"
	case RoleClerk:
		return "做全部日常工作；不能管理账号、恢复备份、改单位名称和安全设置。"
	case RoleReader:
		return "只能查看、查询、出报表和打星号的导出，什么都不能改。"
	}
	return ""
}

// Right is what a use case asks of whoever calls it.
type Right int

// The rights, each including those before it.
const (
	RightRead   Right = iota // to look, and to take out what is masked
	RightWork                // to change the books, and to see and take out whole numbers
	RightManage              // to decide who may do what, to restore, and to name the unit
)

// May tells whether a role has a right. A role that is not known has none.
func (r Role) May(right Right) bool {
	switch r {
	case RoleManager:
		return true
	case RoleClerk:
		return right <= RightWork
	case RoleReader:
		return right == RightRead
	}
	return false
}

// WhoMay names in words the roles that have a right.
func (r Right) WhoMay() string {
	if r == RightManage {
		return "“管理员”"
	}
	return "“经办”或“管理员”"
}

// AccountState tells whether an administrator can log in.
type AccountState string

// The states of an account. One that is disabled or removed has no key any more, so that its password opens nothing.
const (
	AccountEnabled  AccountState = "启用"
	AccountDisabled AccountState = "停用"
	AccountRemoved  AccountState = "已移除" // for good; the name stays for the log
)

// Administrator is somebody who logs in.
type Administrator struct {
	ID         int64
	User       string // what is typed at the login
	Name       string // what the log shows
	Role       Role
	State      AccountState
	MustChange bool // the password was given by somebody else and is good for one login
	CreatedAt  Moment
	LastLogin  Moment // "" for never
}

// Enabled tells whether the account can log in.
func (a Administrator) Enabled() bool { return a.State == AccountEnabled }

// Managers counts the administrators who can log in and may do everything. There is always one.
func Managers(all []Administrator) int {
	count := 0
	for _, one := range all {
		if one.Enabled() && one.Role == RoleManager {
			count++
		}
	}
	return count
}

// EnabledAdministrators leaves out those who cannot log in.
func EnabledAdministrators(all []Administrator) []Administrator {
	return slices.DeleteFunc(slices.Clone(all), func(one Administrator) bool { return !one.Enabled() })
}

// LoginGuard counts the wrong tries to log in since the last right one, and keeps how long the next has to wait. Wait is what was left
// at Seen, by the wall clock: a clock that is set back makes nobody wait less.
type LoginGuard struct {
	Wrong int
	Wait  time.Duration
	Seen  time.Time
}

// The delays after wrong passwords. The first wrong try is a slip and costs nothing.
const (
	triesBeforeLock = 5
	firstDelay      = time.Second
	firstLock       = 5 * time.Minute
	longestLock     = time.Hour
	longestKeyDelay = 30 * time.Second
)

// At gives the guard as it stands at a time: less to wait by as much as passed. A clock that went back counts as no time at all.
func (g LoginGuard) At(now time.Time) LoginGuard {
	if passed := now.Sub(g.Seen); passed > 0 {
		g.Wait = max(0, g.Wait-passed)
	}
	g.Seen = now
	return g
}

// Locked tells whether the wait is a lock, not only a pause between tries.
func (g LoginGuard) Locked() bool { return g.Wrong >= triesBeforeLock && g.Wait > 0 }

// WrongPassword gives the guard after one more wrong password: a pause of 1, 2, 4 s from the second on, and from the fifth on a
// lock of 5 minutes, twice as long after each further one, up to an hour.
func (g LoginGuard) WrongPassword(now time.Time) LoginGuard {
	g.Wrong++
	g.Seen = now
	switch over := g.Wrong - triesBeforeLock; {
	case g.Wrong == 1:
		g.Wait = 0
	case over < 0:
		g.Wait = firstDelay << (g.Wrong - 2)
	default:
		g.Wait = doubled(firstLock, over, longestLock)
	}
	return g
}

// WrongKey gives the guard after one more wrong recovery key: a pause that grows to half a minute and never becomes a lock, since the
// key cannot be guessed and must always remain a way in.
func (g LoginGuard) WrongKey(now time.Time) LoginGuard {
	g.Wrong++
	g.Seen = now
	g.Wait = 0
	if g.Wrong > 1 {
		g.Wait = doubled(firstDelay, g.Wrong-2, longestKeyDelay)
	}
	return g
}

func doubled(from time.Duration, times int, most time.Duration) time.Duration {
	for ; times > 0 && from < most; times-- {
		from *= 2
	}
	return min(from, most)
}
