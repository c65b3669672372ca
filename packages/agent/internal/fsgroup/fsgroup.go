// Package fsgroup gives a volume to the pod's group, as a kubelet does (pkg/volume/volume_linux.go).
package fsgroup

import (
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

// Rights of the owner and the group of a volume.
const (
	ReadWrite fs.FileMode = 0o660
	ReadOnly  fs.FileMode = 0o440
)

// enter is added for directories.
const enter fs.FileMode = 0o110

// Refused counts the changes that the file system refused. Own continues after them, as a kubelet does.
type Refused struct {
	Count int
	First error
}

func (r *Refused) add(err error) {
	if err == nil {
		return
	}
	if r.Count++; r.Count == 1 {
		r.First = err
	}
}

// Own gives all files of a folder to a group, and the folder itself last: after an interrupted walk, Matches is false. An error means that a
// directory could not be read.
func Own(folder string, group int64, access fs.FileMode) (refused Refused, err error) {
	info, err := os.Lstat(folder)
	if err != nil {
		return refused, err
	}
	return refused, walk(folder, info, func(path string, info fs.FileInfo) {
		refused.add(os.Lchown(path, -1, int(group)))
		// Changing the mode of a link would change its target.
		if info.Mode()&fs.ModeSymlink != 0 {
			return
		}
		// The mode was read before Lchown, which clears the setuid bit.
		refused.add(os.Chmod(path, info.Mode()|mask(access, info.IsDir())))
	})
}

func mask(access fs.FileMode, directory bool) fs.FileMode {
	if directory {
		return access | enter | fs.ModeSetgid
	}
	return access
}

// walk visits the entries of a directory before the directory.
func walk(path string, info fs.FileInfo, each func(string, fs.FileInfo)) error {
	if info.IsDir() {
		directory, err := os.Open(path)
		if err != nil {
			return err
		}
		names, err := directory.Readdirnames(-1)
		directory.Close()
		if err != nil {
			return err
		}
		for _, name := range names {
			inner := filepath.Join(path, name)
			info, err := os.Lstat(inner)
			if err != nil {
				return err
			}
			if err := walk(inner, info, each); err != nil {
				return err
			}
		}
	}
	each(path, info)
	return nil
}

// Matches reports whether a folder already is as Own leaves it. The policy OnRootMismatch then changes nothing.
func Matches(folder string, group int64, access fs.FileMode) bool {
	info, err := os.Stat(folder)
	if err != nil || !info.IsDir() {
		return false
	}
	wanted := access | enter
	return int64(info.Sys().(*syscall.Stat_t).Gid) == group && info.Mode().Perm()&wanted == wanted && info.Mode()&fs.ModeSetgid != 0
}
