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

// Tools runs the programs that make file systems. The machine's own root has few; the image may bring a root file system of them.
type Tools struct {
	Root string
}

// Run runs a program of the machine, else of the tools' root.
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

func (t Tools) enter(name string) (string, error) {
	for _, folder := range []string{"/sbin", "/usr/sbin", "/bin", "/usr/bin"} {
		if _, err := os.Stat(filepath.Join(t.Root, folder, name)); err != nil || t.Root == "" {
			continue
		}
		for _, each := range []string{"/dev", "/proc", "/sys"} {
			target := filepath.Join(t.Root, each)
			if entries, _ := os.ReadDir(target); len(entries) == 0 {
				if err := unix.Mount(each, target, "", unix.MS_BIND|unix.MS_REC, ""); err != nil {
					return "", err
				}
			}
		}
		return filepath.Join(folder, name), nil
	}
	return "", fmt.Errorf("%s: %w", name, exec.ErrNotFound)
}
