package app

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"

	"peixun/data"
	"peixun/data/sqlite"
)

// ownSettings are those of whoever may change nothing that is stored: they last until the program is locked.
type ownSettings struct {
	mutex  sync.Mutex
	values map[string]string
}

func (o *ownSettings) get(key string) (value string, ok bool) {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	value, ok = o.values[key]
	return value, ok
}

func (o *ownSettings) set(key, value string) {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	values := maps.Clone(o.values)
	if values == nil {
		values = map[string]string{}
	}
	values[key] = value
	o.values = values
}

func (o *ownSettings) forget() {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	o.values = nil
}

// Setting reads a program setting, such as a table's column widths, or fallback. Settings hold nothing personal.
func (a *App) Setting(ctx context.Context, key, fallback string) string {
	if value, ok := a.own.get(key); ok {
		return value
	}
	value := fallback
	err := a.store.Read(ctx, func(tx *sqlite.Tx) error {
		var err error
		value, err = tx.Setting(key, fallback)
		return err
	})
	if err != nil {
		return fallback
	}
	return value
}

// securityPrefix begins the settings of who gets in.
const securityPrefix = "security."

// guardedPrefixes begin the settings that SetSetting does not touch: they have use cases of their own, which ask for rights.
var guardedPrefixes = []string{securityPrefix, "backup."}

// SetSetting stores a program setting. 只读 changes nothing that others see: its settings are forgotten when the program is locked.
func (a *App) SetSetting(ctx context.Context, key, value string) error {
	if slices.ContainsFunc(guardedPrefixes, func(prefix string) bool { return strings.HasPrefix(key, prefix) }) {
		return data.Refuse("right-missing", "", "这项设置不能这样改。", "请在“设置”或“备份与恢复”里改。").Because(data.ErrRight)
	}
	if current := a.session.Load(); current != nil && !current.Role.May(data.RightWork) {
		a.own.set(key, value)
		return nil
	}
	return a.storeSetting(ctx, key, value)
}

func (a *App) storeSetting(ctx context.Context, key, value string) error {
	return explain(a.store.Write(ctx, func(tx *sqlite.Tx) error { return tx.SetSetting(key, value) }))
}

// autoLockSetting keeps after how many minutes without input the window locks itself; 0 for never.
const autoLockSetting = securityPrefix + "autolock"

// The bounds of the automatic lock, in minutes.
const (
	defaultAutoLock = 15
	mostAutoLock    = 60
)

// AutoLock is after how many minutes without input the window locks itself, 0 for never.
func (a *App) AutoLock(ctx context.Context) int {
	minutes, err := strconv.Atoi(a.Setting(ctx, autoLockSetting, ""))
	if err != nil || minutes < 0 || minutes > mostAutoLock {
		return defaultAutoLock
	}
	return minutes
}

// SetAutoLock sets after how many minutes without input the window locks itself, 1 to 60, or 0 for never. A refusal's field is autolock.
func (a *App) SetAutoLock(ctx context.Context, minutes int) error {
	if minutes < 0 || minutes > mostAutoLock {
		return data.Refuse("autolock", "autolock", "自动锁定的分钟数不对。", fmt.Sprintf("请填 1 到 %d；0 表示不自动锁定。", mostAutoLock))
	}
	return a.manage(ctx, func(tx *sqlite.Tx, user string) error {
		if err := tx.SetSetting(autoLockSetting, strconv.Itoa(minutes)); err != nil {
			return err
		}
		return a.log(tx, user, "settings.autolock", "设置", fmt.Sprintf("自动锁定：%d 分钟（0 为从不）", minutes))
	}, SettingsChanged)
}
