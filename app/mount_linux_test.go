package app_test

import "syscall"

// mountSmall puts a disk of 64 KB at folder; only root may.
func mountSmall(folder string) (unmount func(), err error) {
	err = syscall.Mount("tmpfs", folder, "tmpfs", 0, "size=64k")
	return func() { syscall.Unmount(folder, 0) }, err
}
