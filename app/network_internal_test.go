package app

import "testing"

func TestNetworkSharesAreKnown(t *testing.T) {
	const mounts = `/dev/sda1 / ext4 rw 0 0
server:/home /home/zhao nfs4 rw 0 0
/dev/sdb1 /home/zhao/local ext4 rw 0 0
//server/share /mnt/部门\040共享 cifs rw 0 0
`
	for path, want := range map[string]bool{
		"/var/data/peixun.db": false, "/home/zhao/peixun.db": true, "/home/zhaoxl/peixun.db": false, "/home/zhao/local/peixun.db": false,
		"/mnt/部门 共享/数据/peixun.db": true,
	} {
		if got := onRemoteMount(mounts, path); got != want {
			t.Errorf("%s: %v", path, got)
		}
	}
	for path, want := range map[string]bool{`\\server\share\peixun.db`: true, `//server/share/peixun.db`: true, `\\?\UNC\server\share\x`: true,
		`\\?\C:\long\peixun.db`: false, `C:\数据\peixun.db`: false} {
		if got := isUNC(path); got != want {
			t.Errorf("%s: %v", path, got)
		}
	}
}
