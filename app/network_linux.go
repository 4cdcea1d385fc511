package app

import "os"

func onNetwork(path string) bool {
	mounts, err := os.ReadFile("/proc/mounts")
	return err == nil && onRemoteMount(string(mounts), path)
}
