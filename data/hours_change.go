package data

import "fmt"

// Actions by which records of offline hours are changed by hand; the schema knows them too.
const (
	HoursAdd    = "add"
	HoursEdit   = "edit"
	HoursRemove = "remove"
)

// HoursChange is one act by hand on records of offline hours. Its key takes it back.
type HoursChange struct {
	ID       int64
	Action   string
	At       Moment
	User     string
	Records  int
	UndoneAt Moment
	UndoneBy string
}

// HoursChangeRow is what an act did to one record. Before is nil for one that was added, After for one that was removed.
type HoursChangeRow struct {
	HoursID       int64
	Revision      int64 // as the act left the record, or found it where it removed it
	Before, After *OfflineHours
}

// HoursPaper is a scan or PDF that proves a record of offline hours. Its content is loaded only on request.
type HoursPaper struct {
	ID      int64
	Name    string // the file's own name
	Type    string // the content's MIME type
	Size    int64
	SHA256  string
	AddedAt Moment
}

// HandedOver is what the platform was told of a record last.
type HandedOver struct {
	Submission string // the package's number, "" where it never stood in one
	Answer     PlatformAnswer
}

// Stands tells whether the platform has the record, or may have it.
func (h HandedOver) Stands() bool { return h.Submission != "" && h.Answer != AnswerFailed }

// JudgeHoursRemoval says why a record cannot be removed, or nil.
func JudgeHoursRemoval(h OfflineHours, sent HandedOver) error {
	if !sent.Stands() {
		return nil
	}
	return Refuse("hours-reported", "", fmt.Sprintf("“%s”已在报盘包 %s 里报给平台，不能删除。", h.Title, sent.Submission),
		"包还没有交出去的，先撤销报盘；已经交的，请在平台上删除，把这一行的回盘结果登记为失败，再回来删除。").Because(ErrWrongState)
}
