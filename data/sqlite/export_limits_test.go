package sqlite

import (
	"testing"
	"time"
)

// Narrow opens stores of the rest of a test with a short wait for other programs and with more options for the writer.
func Narrow(t testing.TB, wait time.Duration, options string) {
	t.Helper()
	oldWait, oldOptions := busyTimeout, writerOptions
	busyTimeout, writerOptions = wait, writerOptions+options
	t.Cleanup(func() { busyTimeout, writerOptions = oldWait, oldOptions })
}
