package volumes

import (
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

// Own gives a volume to the pod's group, which may read and write all of it, as a kubelet does. By OnRootMismatch only if the root is not so.
func Own(folder string, group int64, onMismatch bool) error {
	if onMismatch {
		info, err := os.Stat(folder)
		if err != nil {
			return err
		}
		if int64(info.Sys().(*syscall.Stat_t).Gid) == group && info.Mode().Perm()&0o070 == 0o070 && info.Mode()&fs.ModeSetgid != 0 {
			return nil
		}
	}
	return filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if err := os.Lchown(path, -1, int(group)); err != nil {
			return err
		}
		info, err := entry.Info()
		if err != nil || info.Mode()&fs.ModeSymlink != 0 {
			return err
		}
		mode := info.Mode().Perm() | info.Mode()&(fs.ModeSetuid|fs.ModeSetgid|fs.ModeSticky) | 0o060
		if info.IsDir() {
			mode |= 0o010 | fs.ModeSetgid
		}
		return os.Chmod(path, mode)
	})
}
