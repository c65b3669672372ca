package volumes

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"golang.org/x/sys/unix"
	"i2kit.dev/agent/internal/machinetest"
)

// In linuxkit's layout: behind a link, and with names in /dev that hide none of the machine's devices.
func TestToolsOfAnotherRoot(t *testing.T) {
	machinetest.Need(t)
	root, link := t.TempDir(), filepath.Join(t.TempDir(), "tools")
	machinetest.Root(t, root)
	os.Mkdir(filepath.Join(root, "dev/pts"), 0o755)
	os.WriteFile(filepath.Join(root, "bin/mkfs.toy"), []byte("#!/bin/sh\ntest -c /dev/null && echo made $1\n"), 0o755)
	if err := os.Symlink(root, link); err != nil {
		t.Fatal(err)
	}
	// Before the folder is removed, which would remove the machine's devices.
	t.Cleanup(func() {
		for _, each := range []string{"dev", "proc", "sys"} {
			if err := unix.Unmount(filepath.Join(root, each), unix.MNT_DETACH); err != nil {
				panic(err)
			}
		}
	})
	for range 2 {
		if output, err := (Tools{Root: link}).Run(t.Context(), "mkfs.toy", "/dev/x"); output != "made /dev/x\n" || err != nil {
			t.Fatal(output, err)
		}
	}
	if got := mountedBelow(filepath.Join(root, "dev")); len(got) == 0 || got[0] != filepath.Join(root, "dev") {
		t.Error("the devices of the machine are missing:", got)
	}
	for _, tools := range []Tools{{Root: link}, {Root: "/no/such"}, {}} {
		if _, err := tools.Run(t.Context(), "mkfs.nothing"); !errors.Is(err, exec.ErrNotFound) {
			t.Error(tools, err)
		}
	}
}
