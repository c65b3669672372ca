package volumes

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"

	"golang.org/x/sys/unix"
)

// Tools runs the programs that make file systems. The machine's own root has few of them; the image may bring a root
// file system with them.
type Tools struct {
	Root string
}

// Run runs a program of the machine, else one of the tools' root.
func (t Tools) Run(ctx context.Context, name string, args ...string) (string, error) {
	command := exec.CommandContext(ctx, name, args...)
	if errors.Is(command.Err, exec.ErrNotFound) {
		path, err := t.enter(name)
		if err != nil {
			return "", err
		}
		command = exec.CommandContext(ctx, path, args...)
		command.SysProcAttr = &syscall.SysProcAttr{Chroot: t.Root}
		command.Dir = "/"
	}
	output, err := command.CombinedOutput()
	if err != nil {
		return string(output), fmt.Errorf("%s: %w: %s", name, err, strings.TrimSpace(string(output)))
	}
	return string(output), nil
}

// enter finds a program of the tools' root, and gives that root the machine's devices.
func (t Tools) enter(name string) (string, error) {
	// The kernel lists mounts with their links resolved.
	root, err := filepath.EvalSymlinks(t.Root)
	if t.Root == "" || err != nil {
		return "", fmt.Errorf("%s: %w", name, exec.ErrNotFound)
	}
	for _, folder := range []string{"/sbin", "/usr/sbin", "/bin", "/usr/bin"} {
		if _, err := os.Stat(filepath.Join(root, folder, name)); err != nil {
			continue
		}
		for _, each := range []string{"/dev", "/proc", "/sys"} {
			// It does not check for an empty directory: linuxkit puts a few names into each root's /dev.
			if target := filepath.Join(root, each); !IsMounted(target) {
				if err := unix.Mount(each, target, "", unix.MS_BIND|unix.MS_REC, ""); err != nil {
					return "", err
				}
			}
		}
		return filepath.Join(folder, name), nil
	}
	return "", fmt.Errorf("%s: %w", name, exec.ErrNotFound)
}
