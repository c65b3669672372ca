package runtime

import (
	"fmt"
	"os"
	"path/filepath"

	"golang.org/x/sys/unix"
)

// mountRoot lays a fresh writable layer over the image's root file system, which is read-only and may be shared.
func (r *Runc) mountRoot(name, lower string) error {
	layer := filepath.Join(r.Scratch, "layers", name)
	os.RemoveAll(layer)
	upper, work, merged := filepath.Join(layer, "upper"), filepath.Join(layer, "work"), filepath.Join(r.dir(name), "rootfs")
	for _, dir := range []string{upper, work, merged} {
		if err := os.MkdirAll(dir, 0o755); err != nil {
			return err
		}
	}
	info, err := os.Stat(lower)
	if err != nil {
		return fmt.Errorf("the image has no root file system for %s: %w", name, err)
	}
	// The root directory's own mode is the upper one's.
	if err := os.Chmod(upper, info.Mode().Perm()); err != nil {
		return err
	}
	options := fmt.Sprintf("lowerdir=%s,upperdir=%s,workdir=%s", lower, upper, work)
	if err := unix.Mount("overlay", merged, "overlay", 0, options); err != nil {
		return fmt.Errorf("the root file system of %s: %w", name, err)
	}
	return nil
}

func (r *Runc) unmountRoot(name string) {
	unix.Unmount(filepath.Join(r.dir(name), "rootfs"), unix.MNT_DETACH)
	os.RemoveAll(filepath.Join(r.Scratch, "layers", name))
}
