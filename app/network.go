package app

import (
	"path/filepath"
	"slices"
	"strings"
)

// remoteSystems are the file systems that lie on another machine, as Linux names them. SQLite's write-ahead log needs memory that all
// programs share, which they do not give.
var remoteSystems = []string{"nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "ncpfs", "davfs", "fuse.sshfs", "fuse.davfs2", "fuse.gvfsd-fuse", "9p"}

// onRemoteMount tells whether a path lies on another machine, by a list of mounts like /proc/mounts.
func onRemoteMount(mounts, path string) bool {
	longest, remote := -1, false
	for line := range strings.Lines(mounts) {
		fields := strings.Fields(line)
		if len(fields) < 3 {
			continue
		}
		place := strings.ReplaceAll(fields[1], `\040`, " ")
		inside := place == "/" || path == place || strings.HasPrefix(path, strings.TrimSuffix(place, "/")+"/")
		if inside && len(place) >= longest {
			longest, remote = len(place), slices.Contains(remoteSystems, fields[2])
		}
	}
	return remote
}

// isUNC knows \\server\share, also in its long form; a path that only lifts Windows' length limit is none.
func isUNC(path string) bool {
	path = strings.ReplaceAll(path, "/", `\`)
	if rest, long := strings.CutPrefix(path, `\\?\`); long {
		return strings.HasPrefix(strings.ToUpper(rest), `UNC\`)
	}
	return strings.HasPrefix(path, `\\`)
}

// isNetworkShare tells whether a file lies on another machine.
func isNetworkShare(path string) bool {
	if resolved, err := filepath.EvalSymlinks(path); err == nil {
		path = resolved
	}
	return onNetwork(path)
}
