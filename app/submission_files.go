package app

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"time"

	"peixun/data"
	"peixun/data/bundle"
	"peixun/data/sqlite"
	"peixun/data/vault"
)

// MadeSubmission is a package that was written.
type MadeSubmission struct {
	data.Submission
	Path   string
	Counts []data.SubmissionCount
}

// WriteSubmission writes a package into a folder: whole or not at all, and never over another file. Whole numbers leave the program
// with it, which is a line in 操作日志. Where the data changed since the plan was made it fails with data.ErrStale and writes nothing.
func (a *App) WriteSubmission(ctx context.Context, plan *SubmissionPlan, folder string, progress Progress) (MadeSubmission, error) {
	var made MadeSubmission
	if err := plan.Blocked(); err != nil {
		return made, err
	}
	a.backUpBefore(ctx, data.BeforePack)
	at := a.Now()
	path := filepath.Join(folder, data.PackageFileName(plan.Profile.Unit, plan.Plan.Year, plan.Sequence, at))
	temporary, sum, err := a.packAside(ctx, plan, folder, at, progress)
	if err != nil {
		return made, notPacked(path, err)
	}
	defer os.Remove(temporary)
	made = MadeSubmission{Path: path, Counts: plan.Counts(), Submission: data.Submission{Number: plan.Number, PlanID: plan.Plan.ID, PlanName: plan.Plan.Name,
		File: filepath.Base(path), SHA256: sum, Everything: plan.Request.Everything, At: at, Rows: len(plan.Items)}}
	placed := false
	err = a.write(ctx, func(tx *sqlite.Tx, user string) error {
		made.User = user
		if err := a.recordSubmission(ctx, tx, plan, &made); err != nil {
			return err
		}
		// The last step before the commit: a package without its record can be made again, a record without its package could not.
		if err := placeNew(temporary, path); err != nil {
			return notPacked(path, err)
		}
		placed = true
		return nil
	}, SubmissionsChanged, TraineesChanged, OrdersChanged)
	if err != nil && placed {
		err = errors.Join(err, os.Remove(path))
	}
	return made, err
}

// recordSubmission stores what the package holds, unless that has changed meanwhile.
func (a *App) recordSubmission(ctx context.Context, tx *sqlite.Tx, plan *SubmissionPlan, made *MadeSubmission) error {
	now, err := a.planSubmission(ctx, tx, plan.Request)
	if err != nil {
		return err
	}
	if !plan.same(now) {
		return data.Refuse("package-stale", "", "做包的时候资料有变化，没有写出报盘包。", "请再做一次。").Because(data.ErrStale)
	}
	if number, err := tx.SubmissionNumber(plan.Plan.ID); err != nil || number != plan.Number {
		return errors.Join(err, fmt.Errorf("package number %s for %s", number, plan.Number))
	}
	if made.ID, err = tx.AddSubmission(made.Submission, plan.Items); err != nil {
		return err
	}
	if err := tx.ReportTrainees(made.ID, a.Now()); err != nil {
		return err
	}
	if err := a.carryOrders(tx, made.User, plan.Items, data.ActPack, "放进报盘包 "+made.Number); err != nil {
		return err
	}
	return a.log(tx, made.User, "submission.write", made.Number, fmt.Sprintf("生成报盘包，%d 行，含完整证件号：%s", len(plan.Items), made.PlanName))
}

// carryOrders brings the orders among items along with their package, as far as their states allow it: those that were entered on the
// platform already stay as they are.
func (a *App) carryOrders(tx *sqlite.Tx, user string, items []data.SubmissionItem, action data.OrderAction, detail string) error {
	for _, item := range items {
		if item.Kind != data.SubjectOrder {
			continue
		}
		order, err := tx.Order(item.SubjectID)
		if err != nil {
			return err
		}
		next, _, allowed := order.After(action)
		if !allowed {
			continue
		}
		order.Review = next
		if err := tx.SaveOrder(order); err != nil {
			return err
		}
		if err := a.log(tx, user, actionSlugs[action], order.Number, detail); err != nil {
			return err
		}
	}
	return nil
}

// packAside writes the package into a temporary file of the folder and gives its SHA-256.
func (a *App) packAside(ctx context.Context, plan *SubmissionPlan, folder string, at data.Moment, progress Progress) (name, sum string, err error) {
	file, err := os.CreateTemp(folder, unfinishedPackage)
	if err != nil {
		return "", "", err
	}
	removeUnfinished(file)
	hash := sha256.New()
	err = a.packInto(ctx, io.MultiWriter(file, hash), plan, at, progress)
	if err == nil {
		err = file.Sync()
	}
	if err = errors.Join(err, file.Close()); err != nil {
		return "", "", errors.Join(err, os.Remove(file.Name()))
	}
	return file.Name(), hex.EncodeToString(hash.Sum(nil)), nil
}

// unfinishedPackage is the pattern of a package's name while it is written.
const unfinishedPackage = ".peixun-pack-*"

// unfinishedFor is how long nobody has written to a package that was given up: one that another program is writing changes all the time.
const unfinishedFor = time.Minute

// removeUnfinished clears away what a program left beside the running package when it was killed while it wrote one. Times are the
// folder's own: a server's clock may differ from ours.
func removeUnfinished(running *os.File) {
	now, err := running.Stat()
	if err != nil {
		return
	}
	folder := filepath.Dir(running.Name())
	entries, err := os.ReadDir(folder)
	if err != nil {
		return
	}
	for _, entry := range entries {
		if ours, _ := filepath.Match(unfinishedPackage, entry.Name()); !ours || !entry.Type().IsRegular() {
			continue
		}
		info, err := entry.Info()
		if err != nil || now.ModTime().Sub(info.ModTime()) < unfinishedFor {
			continue
		}
		if err := os.Remove(filepath.Join(folder, entry.Name())); err != nil {
			slog.Warn("unfinished package left", "cause", err)
		}
	}
}

// placeNew gives a finished file its name, unless there is one of that name.
func placeNew(temporary, path string) error {
	if err := os.Link(temporary, path); err == nil || errors.Is(err, os.ErrExist) {
		return err
	}
	// Sticks with FAT know no links.
	if _, err := os.Lstat(path); err == nil {
		return os.ErrExist
	}
	return os.Rename(temporary, path)
}

func notPacked(path string, err error) error {
	if _, explained := data.AsProblem(err); explained || errors.Is(err, context.Canceled) {
		return err
	}
	if errors.Is(err, os.ErrExist) {
		return data.Refuse("package-exists", "", "“"+filepath.Base(path)+"”已经有了，没有覆盖它。", "请过一秒再做，或换一个文件夹。").Because(err)
	}
	fix := "请检查文件夹能否写入、磁盘是否已满，或换一个文件夹。"
	if errors.Is(err, os.ErrNotExist) {
		fix = missingFolder(path)
	}
	return data.Refuse("file-not-written", "", "报盘包没有写出来，什么都没有改变。", fix).Because(err)
}

// Manifest is what a 报盘包 says of itself.
type Manifest = bundle.Manifest

// VerifySubmission checks a package against its own manifest, and whether this unit's program wrote it. What is wrong is a data.Problem.
func (a *App) VerifySubmission(ctx context.Context, path string) (Manifest, error) {
	manifest, err := verifyFile(path)
	if err != nil {
		return manifest, err
	}
	if _, in := a.Session(); !in {
		return manifest, locked()
	}
	own, err := a.sealedByUs(ctx, manifest)
	if err != nil {
		return manifest, err
	}
	if !own {
		return manifest, data.Refuse("package-foreign", "", "报盘包里的文件互相对得上，但不是用本单位的这份数据做的，或清单被改过。", "请用做包的那台电脑核对，或重新做一个报盘包。")
	}
	return manifest, nil
}

// sealedByUs tells whether a package was sealed under this unit's data key, or under one of before.
func (a *App) sealedByUs(ctx context.Context, manifest Manifest) (bool, error) {
	if manifest.SealedBy(a.sealer(ctx)) {
		return true, nil
	}
	former, err := query(a, ctx, (*sqlite.Tx).FormerKeys)
	return slices.ContainsFunc(former, func(key *vault.Vault) bool {
		return manifest.SealedBy(func(unsealed []byte) string { return hex.EncodeToString(sqlite.SealOf(key, unsealed)) })
	}), err
}

func verifyFile(path string) (Manifest, error) {
	file, err := os.Open(path)
	if err != nil {
		return Manifest{}, data.Refuse("file-unreadable", "", "“"+filepath.Base(path)+"”打不开。", "请检查文件是否还在、能否读取。").Because(err)
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return Manifest{}, err
	}
	return bundle.Verify(file, info.Size())
}
