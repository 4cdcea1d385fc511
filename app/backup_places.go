package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"peixun/data"
	"peixun/data/backup"
)

// defaultBackupFolder is beside the database.
const defaultBackupFolder = "backups"

// The settings of backups.
const (
	backupFolderSetting = "backup.folder" // the chosen folder; empty for none
	backupRemindSetting = "backup.remind" // days
)

// defaultRemindDays is after how many days without a backup the program reminds of it.
const defaultRemindDays = 7

// backupPlace is a folder that takes backups, or a file that is to become one.
type backupPlace struct {
	folder string
	name   string // of the file, where a person chose it; else the rule removes what has expired
	chosen bool   // by a person: a folder on a stick is never made anew, because that would be another disk's
}

func (a *App) defaultBackups() backupPlace {
	return backupPlace{folder: filepath.Join(filepath.Dir(a.store.Path()), defaultBackupFolder)}
}

// backupPlaces gives the folders that the next backup goes to.
func (a *App) backupPlaces(ctx context.Context) []backupPlace {
	places := []backupPlace{a.defaultBackups()}
	if folder := a.BackupFolder(ctx); folder != "" {
		places = append(places, backupPlace{folder: folder, chosen: true})
	}
	return places
}

// BackupFolder gives the folder that a person chose for backups, beside the default one; "" where none.
func (a *App) BackupFolder(ctx context.Context) string {
	return a.Setting(ctx, backupFolderSetting, "")
}

// DefaultBackupFolder gives the folder that every backup goes to.
func (a *App) DefaultBackupFolder() string { return a.defaultBackups().folder }

// SetBackupFolder chooses a folder for backups beside the default one, such as on a stick; "" for none. One that cannot be written to is
// refused.
func (a *App) SetBackupFolder(ctx context.Context, folder string) error {
	if err := a.need(ctx, data.RightManage); err != nil {
		return err
	}
	if folder != "" {
		place := backupPlace{folder: filepath.Clean(folder), chosen: true}
		if !filepath.IsAbs(place.folder) || place.folder == a.defaultBackups().folder {
			return data.Refuse("backup-folder", "folder", "这不是另一个文件夹。", "请选择 U 盘或另一个磁盘上的文件夹；数据旁边的备份文件夹总会用到。")
		}
		if err := place.try(); err != nil {
			return backupFailure(place, err)
		}
		folder = place.folder
	}
	if err := a.storeSetting(ctx, backupFolderSetting, folder); err != nil {
		return err
	}
	a.backups.last.Store(nil)
	a.publish(BackupsChanged)
	return nil
}

// BackupRemindDays is after how many days without a backup the program reminds of it.
func (a *App) BackupRemindDays(ctx context.Context) int {
	days, err := strconv.Atoi(a.Setting(ctx, backupRemindSetting, ""))
	if err != nil || days < 1 {
		return defaultRemindDays
	}
	return days
}

// mostRemindDays bounds the reminder: later it would be of no use.
const mostRemindDays = 90

// SetBackupRemindDays sets after how many days the program reminds, 1 to 90.
func (a *App) SetBackupRemindDays(ctx context.Context, days int) error {
	if err := a.need(ctx, data.RightManage); err != nil {
		return err
	}
	if days < 1 || days > mostRemindDays {
		return data.Refuse("backup-remind", "remind", "提醒的天数不对。", fmt.Sprintf("请填 1 到 %d。", mostRemindDays))
	}
	if err := a.storeSetting(ctx, backupRemindSetting, strconv.Itoa(days)); err != nil {
		return err
	}
	a.publish(BackupsChanged)
	return nil
}

// ready makes the default folder; a chosen one must be there.
func (p backupPlace) ready() error {
	if !p.chosen && p.name == "" {
		return os.MkdirAll(p.folder, 0o700)
	}
	if info, err := os.Stat(p.folder); err != nil || !info.IsDir() {
		return data.Refuse("backup-folder-missing", "", fmt.Sprintf("备份文件夹“%s”不在。", p.folder), "U 盘可能没有插上：请插好后再备份，或在“备份与恢复”里换一个文件夹。").Because(err)
	}
	return nil
}

// try writes a small file and removes it.
func (p backupPlace) try() error {
	if err := p.ready(); err != nil {
		return err
	}
	file, err := os.CreateTemp(p.folder, partPattern)
	if err != nil {
		return err
	}
	_, err = file.Write([]byte("peixun"))
	return errors.Join(err, file.Close(), os.Remove(file.Name()))
}

// give puts a finished file in its place, over no other.
func (p backupPlace) give(part string, header backup.Header) (path string, err error) {
	if p.name != "" {
		path = filepath.Join(p.folder, p.name)
		return path, placeNew(part, path)
	}
	for number := 1; ; number++ {
		path = filepath.Join(p.folder, data.BackupFileName(header.Unit, header.At, number))
		if err := placeNew(part, path); !errors.Is(err, os.ErrExist) {
			return path, err
		}
	}
}

// expire removes what the rule no longer keeps, of this database alone, and what a killed program left half written.
func (a *App) expire(place backupPlace) {
	if place.name != "" {
		return
	}
	var good []data.Backup
	for _, one := range a.listBackups(place) {
		if one.Own && one.Trouble == "" {
			good = append(good, one)
		}
	}
	left := leftParts(place.folder)
	for _, one := range data.ExpiredBackups(good) {
		left = append(left, one.Path)
	}
	for _, path := range left {
		if err := os.Remove(path); err != nil {
			slog.Warn("expired backup stays", "error", err)
		}
	}
}

// partAge is after how long a half-written backup is nobody's any more.
const partAge = 24 * time.Hour

func leftParts(folder string) []string {
	entries, _ := os.ReadDir(folder)
	var left []string
	for _, entry := range entries {
		info, err := entry.Info()
		if part, _ := filepath.Match(partPattern, entry.Name()); part && err == nil && time.Since(info.ModTime()) > partAge {
			left = append(left, filepath.Join(folder, entry.Name()))
		}
	}
	return left
}

// Backups lists the backups in the default folder and the chosen one, the newest first; also other units' and broken ones.
func (a *App) Backups(ctx context.Context) ([]data.Backup, error) {
	if a.session.Load() == nil {
		return nil, locked()
	}
	var list []data.Backup
	for _, place := range a.backupPlaces(ctx) {
		list = append(list, a.listBackups(place)...)
	}
	slices.SortStableFunc(list, func(one, other data.Backup) int { return strings.Compare(string(other.At), string(one.At)) })
	return list, ctx.Err()
}

func (a *App) listBackups(place backupPlace) []data.Backup {
	return listBackups(place.folder, a.backups.keeper.Load())
}

// listBackups reads the headers of a folder's backups. A folder that is not there has none.
func listBackups(folder string, keeper *backupKeeper) []data.Backup {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil
	}
	var list []data.Backup
	for _, entry := range entries {
		if filepath.Ext(entry.Name()) == data.BackupExtension && !entry.IsDir() {
			list = append(list, readBackup(filepath.Join(folder, entry.Name()), keeper))
		}
	}
	slices.SortStableFunc(list, data.NewerBackup)
	return list
}

// readBackup reads what a backup's header and length tell; what is wrong stands in Trouble.
func readBackup(path string, keeper *backupKeeper) data.Backup {
	one := data.Backup{Path: path}
	file, err := os.Open(path)
	if err != nil {
		one.Trouble = "打不开，请检查磁盘或 U 盘。"
		return one
	}
	defer file.Close()
	if info, err := file.Stat(); err == nil {
		one.Size, one.At = info.Size(), data.MomentOf(info.ModTime())
	}
	found, err := backup.Open(file)
	if err != nil {
		problem, _ := data.AsProblem(err)
		one.Trouble = problem.What
		return one
	}
	header := found.Header
	one.At, one.Reason, one.Unit, one.Schema = header.At, header.Reason, header.Unit, header.Schema
	one.Database, one.State, one.Counts, one.Broken = header.Database, header.State, header.Counts, header.Broken
	one.Own = keeper.owns(header.Database)
	if one.Size != found.Size() {
		one.Trouble = "文件不完整。"
	}
	return one
}

func newestOwn(list []data.Backup) (data.Backup, bool) {
	for _, one := range list {
		if one.Own && one.Trouble == "" {
			return one, true
		}
	}
	return data.Backup{}, false
}
