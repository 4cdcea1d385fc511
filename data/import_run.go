package data

// ImportRun is one import as 导入记录 lists it.
type ImportRun struct {
	ID    int64
	Form  string // the form's key: trainees or hours
	File  string
	Sheet string
	At    Moment
	User  string
	Added int
	// Updated, Unchanged, Failed and Skipped count the file's rows as Added does.
	Updated, Unchanged, Failed, Skipped int
	UndoneAt                            Moment // "" where it stands
	UndoneBy                            string
	Kept                                int  // people or records that its undo left; KeptByUndo lists them
	Undoable                            bool // what it did was written down, and it has not been undone
}

// UndoResult is what became of an import that was taken back.
type UndoResult struct {
	Removed       int // people or records that the import had added
	Restored      int // people or records that have their old values back
	Organizations int // organisations that the import had made and nobody uses
	Gone          int // people or records that were merged away or removed since
	Kept          []KeptRow
}

// KeptRow is a person or a record that could not be taken back, or not whole.
type KeptRow struct {
	TraineeID int64
	Name      string
	Reason    string // a sentence for people
	Code      string // a stable slug: has-money, has-hours, has-requests, reported, changed-since
}
