package app

import (
	"fmt"
	"math"
	"runtime/debug"
	"runtime/metrics"
	"sync"

	"peixun/data"
)

// By so many bytes the program may grow while an import is planned, and again while it is stored, before its garbage is collected at
// once. Without that the collector waits until there is as much garbage as there are rows.
const (
	spareToPlan  = 150 << 20
	spareToStore = 40 << 20
)

var sparing struct {
	sync.Mutex
	imports  int
	previous int64
}

// spare keeps the program's memory low until done is called. It is safe for imports that run at the same time.
func spare(room int64) (done func()) {
	sparing.Lock()
	defer sparing.Unlock()
	if sparing.imports++; sparing.imports == 1 {
		debug.FreeOSMemory() // what a login's key stretching took counts no more
		sparing.previous = debug.SetMemoryLimit(math.MaxInt64)
		debug.SetMemoryLimit(min(sparing.previous, memoryTaken()+room))
	}
	return sync.OnceFunc(func() {
		sparing.Lock()
		defer sparing.Unlock()
		if sparing.imports--; sparing.imports == 0 {
			debug.SetMemoryLimit(sparing.previous)
		}
	})
}

// memoryTaken is what the Go runtime has from the system, in bytes, as debug.SetMemoryLimit counts it.
func memoryTaken() int64 {
	taken := []metrics.Sample{{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"}}
	metrics.Read(taken)
	return int64(taken[0].Value.Uint64() - taken[1].Value.Uint64())
}

// What an import keeps in memory, in bytes, by estimate.
const (
	mostPlanned  = 250 << 20
	plannedRow   = 1550 // what is read, judged and looked up of a row
	plannedCell  = 28
	plannedExtra = 60 // a filled cell of a column that the form does not know, which goes by its header
)

// planned estimates what a plan takes for a row.
func planned(row data.SourceRow) int {
	bytes := plannedRow + plannedCell*(len(row.Cells)+len(row.Extra))
	for _, cell := range row.Cells {
		bytes += len(cell.Text)
	}
	for _, cell := range row.Extra {
		if cell.Text != "" {
			bytes += plannedExtra + len(cell.Text)
		}
	}
	return bytes
}

// tooMuch refuses a sheet with more than an import keeps in memory, read up to a row.
func tooMuch(row int) data.Problem {
	return data.Refuse("file-too-much", "", fmt.Sprintf("这张表的内容太多：读到第 %d 行，已经超过一次导入的上限（一般十万人左右）。没有导入任何一行。", row),
		"请按科室或单位把表格分成几个文件，再分别导入；用不着的列也可以先删除。").In(data.Place{Row: row})
}
