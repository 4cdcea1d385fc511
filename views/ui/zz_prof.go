//go:build e2e

package ui

import (
	"os"
	"os/signal"
	"runtime"
	"runtime/pprof"
	"syscall"
)

func init() {
	c := make(chan os.Signal, 1)
	signal.Notify(c, syscall.SIGUSR1)
	go func() {
		for range c {
			runtime.GC()
			f, _ := os.Create("/tmp/try-e2e/heap.pb.gz")
			pprof.WriteHeapProfile(f)
			f.Close()
		}
	}()
}
