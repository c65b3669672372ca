package fsgroup

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"

	"i2kit.dev/agent/internal/machinetest"
)

const group = 2000

func needRoot(t *testing.T) {
	t.Helper()
	if os.Geteuid() != 0 {
		machinetest.Skip(t, "needs root")
	}
}

// readTable reads a table that packages/agent/oracle/kubelet wrote with the kubelet's own code.
func readTable(t *testing.T, name string, into any) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("../../oracle/kubelet/tables", name+".json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, into); err != nil {
		t.Fatal(err)
	}
}

func chmod(t *testing.T, path, mode string) {
	t.Helper()
	bits, err := strconv.ParseUint(mode, 8, 32)
	if err == nil {
		err = syscall.Chmod(path, uint32(bits))
	}
	if err != nil {
		t.Fatal(err)
	}
}

func stat(t *testing.T, path string) (mode string, gid uint32) {
	t.Helper()
	var found syscall.Stat_t
	if err := syscall.Lstat(path, &found); err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("%04o", found.Mode&0o7777), found.Gid
}

func access(readOnly bool) fs.FileMode {
	if readOnly {
		return ReadOnly
	}
	return ReadWrite
}

func TestOwn(t *testing.T) {
	needRoot(t)
	var table []struct {
		Directory, ReadOnly bool
		Before, After       string
	}
	readTable(t, "fsgroup", &table)
	if len(table) < 80 {
		t.Fatal(len(table))
	}
	for _, row := range table {
		folder := t.TempDir()
		path := filepath.Join(folder, "x")
		if row.Directory {
			os.Mkdir(path, 0o700)
		} else {
			os.WriteFile(path, nil, 0o600)
		}
		chmod(t, path, row.Before)
		refused, err := Own(folder, group, access(row.ReadOnly))
		if after, gid := stat(t, path); err != nil || refused.Count > 0 || after != row.After || gid != group {
			t.Errorf("%+v: %s of %d, %v %v", row, after, gid, refused, err)
		}
		chmod(t, path, "0700")
	}
}

func TestMatches(t *testing.T) {
	needRoot(t)
	var table []struct {
		ReadOnly bool
		Mode     string
		Group    int
		Skipped  bool
	}
	readTable(t, "root-mismatch", &table)
	if len(table) < 40 {
		t.Fatal(len(table))
	}
	for _, row := range table {
		folder := t.TempDir()
		os.Chown(folder, 0, row.Group)
		chmod(t, folder, row.Mode)
		if got := Matches(folder, group, access(row.ReadOnly)); got != row.Skipped {
			t.Errorf("%+v: %v", row, got)
		}
	}
}

// The root is changed last, so that OnRootMismatch repeats an interrupted walk.
func TestTheRootIsLast(t *testing.T) {
	needRoot(t)
	folder := t.TempDir()
	os.MkdirAll(filepath.Join(folder, "a", "b"), 0o755)
	os.Symlink("/etc/passwd", filepath.Join(folder, "a", "link"))
	before, _ := stat(t, "/etc/passwd")
	var order []string
	info, _ := os.Lstat(folder)
	if err := walk(folder, info, func(path string, _ fs.FileInfo) { order = append(order, filepath.Base(path)) }); err != nil {
		t.Fatal(err)
	}
	if len(order) != 4 || order[2] != "a" || order[3] != filepath.Base(folder) {
		t.Error(order)
	}
	if _, err := Own(folder, group, ReadWrite); err != nil {
		t.Fatal(err)
	}
	if after, _ := stat(t, "/etc/passwd"); after != before {
		t.Error("a link was followed")
	}
	if _, gid := stat(t, filepath.Join(folder, "a", "link")); gid != group {
		t.Error("the link is not the group's")
	}
}

// Changes that the file system refuses do not end the walk.
func TestRefused(t *testing.T) {
	machinetest.Need(t)
	folder := t.TempDir()
	inner := filepath.Join(folder, "locked")
	os.Mkdir(inner, 0o755)
	if err := syscall.Mount("tmpfs", inner, "tmpfs", syscall.MS_RDONLY, ""); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { syscall.Unmount(inner, syscall.MNT_DETACH) })
	refused, err := Own(folder, group, ReadWrite)
	if err != nil || refused.Count != 2 || refused.First == nil {
		t.Error(refused, err)
	}
	if mode, gid := stat(t, folder); mode[0] != '2' || gid != group {
		t.Error(mode, gid)
	}
}
