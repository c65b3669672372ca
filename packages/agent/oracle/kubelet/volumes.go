package main

import (
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"syscall"

	v1 "k8s.io/api/core/v1"
	"k8s.io/kubernetes/pkg/volume"
	"k8s.io/kubernetes/pkg/volume/util/hostutil"
	"k8s.io/kubernetes/pkg/volume/util/subpath"
	"k8s.io/mount-utils"
)

// group is the pod's fsGroup.
const group = 2000

type mounter struct {
	volume.Mounter
	readOnly bool
}

func (m mounter) GetAttributes() volume.Attributes { return volume.Attributes{ReadOnly: m.readOnly} }

type owned struct {
	Directory bool   `json:"directory"`
	ReadOnly  bool   `json:"readOnly"`
	Before    string `json:"before"`
	After     string `json:"after"`
}

// mode is a mode as in chmod; the group comes with it.
func mode(path string) (string, uint32) {
	var stat syscall.Stat_t
	check(syscall.Lstat(path, &stat))
	return fmt.Sprintf("%04o", stat.Mode&0o7777), stat.Gid
}

func temporary() string {
	folder, err := os.MkdirTemp("", "oracle")
	check(err)
	return folder
}

// ownership is the effect of fsGroup on files and directories of every mode.
func ownership() (table []owned) {
	always := v1.FSGroupChangeAlways
	for _, readOnly := range []bool{false, true} {
		for _, directory := range []bool{false, true} {
			for _, before := range []uint32{0o000, 0o400, 0o440, 0o444, 0o500, 0o540, 0o600, 0o604, 0o640, 0o644, 0o660, 0o700, 0o711, 0o750, 0o755, 0o770, 0o777, 0o1777, 0o2755, 0o4755, 0o4711, 0o6755, 0o7777} {
				folder := temporary()
				path := filepath.Join(folder, "x")
				if directory {
					check(os.Mkdir(path, 0o700))
				} else {
					check(os.WriteFile(path, nil, 0o600))
				}
				check(syscall.Chmod(path, before))
				owner := group
				row := owned{Directory: directory, ReadOnly: readOnly}
				row.Before, _ = mode(path)
				fsGroup := int64(owner)
				check(volume.NewVolumeOwnership(mounter{readOnly: readOnly}, folder, &fsGroup, &always, nil).ChangePermissions())
				var gid uint32
				if row.After, gid = mode(path); gid != group {
					panic("the group was not changed")
				}
				table = append(table, row)
				os.RemoveAll(folder)
			}
		}
	}
	return table
}

type mismatch struct {
	ReadOnly bool   `json:"readOnly"`
	Mode     string `json:"mode"`
	Group    int    `json:"group"`
	Skipped  bool   `json:"skipped"`
}

// mismatches are the root directories that OnRootMismatch leaves alone.
func mismatches() (table []mismatch) {
	policy := v1.FSGroupChangeOnRootMismatch
	for _, readOnly := range []bool{false, true} {
		for _, gid := range []int{group, 0} {
			for _, bits := range []uint32{0o0770, 0o2770, 0o2775, 0o2777, 0o2750, 0o2070, 0o2670, 0o2370, 0o2570, 0o2550, 0o3777, 0o6770} {
				folder := temporary()
				inner := filepath.Join(folder, "x")
				check(os.WriteFile(inner, nil, 0o600))
				check(os.Chown(folder, 0, gid))
				check(syscall.Chmod(folder, bits))
				fsGroup := int64(group)
				check(volume.NewVolumeOwnership(mounter{readOnly: readOnly}, folder, &fsGroup, &policy, nil).ChangePermissions())
				after, _ := mode(inner)
				table = append(table, mismatch{readOnly, fmt.Sprintf("%04o", bits), gid, after == "0600"})
				os.RemoveAll(folder)
			}
		}
	}
	return table
}

type made struct {
	Umask    string            `json:"umask"`
	Root     string            `json:"root"`
	Existing string            `json:"existing"`
	SubPath  string            `json:"subPath"`
	Modes    map[string]string `json:"modes"`
	Groups   map[string]uint32 `json:"groups"`
}

// subPaths are the directories that are made for a missing subPath.
func subPaths() (table []made) {
	for _, umask := range []int{0o022, 0o077} {
		for _, bits := range []uint32{0o0755, 0o0777, 0o0700, 0o2775, 0o2770, 0o1777, 0o3777} {
			for _, existing := range []string{"", "a"} {
				folder := temporary()
				check(os.Chown(folder, 0, group))
				check(syscall.Chmod(folder, bits))
				if existing != "" {
					check(os.Mkdir(filepath.Join(folder, existing), 0o700))
					check(syscall.Chmod(filepath.Join(folder, existing), 0o711))
				}
				row := made{fmt.Sprintf("%04o", umask), fmt.Sprintf("%04o", bits), existing, "a/b/c", map[string]string{}, map[string]uint32{}}
				perm, err := hostutil.NewHostUtil().GetMode(folder)
				check(err)
				old := syscall.Umask(umask)
				check(subpath.New(mount.New("")).SafeMakeDir(row.SubPath, folder, perm))
				syscall.Umask(old)
				for _, path := range []string{"a", "a/b", "a/b/c"} {
					row.Modes[path], row.Groups[path] = mode(filepath.Join(folder, path))
				}
				table = append(table, row)
				os.RemoveAll(folder)
			}
		}
	}
	sort.SliceStable(table, func(a, b int) bool { return table[a].Umask < table[b].Umask })
	return table
}
