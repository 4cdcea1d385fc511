//go:build !linux

package app_test

import "time"

var started = time.Now()

// cpuTime is the clock's time where the system's is not asked.
func cpuTime() time.Duration { return time.Since(started) }
