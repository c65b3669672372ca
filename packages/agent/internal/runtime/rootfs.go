package runtime

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	specs "github.com/opencontainers/runtime-spec/specs-go"
	"golang.org/x/sys/unix"
)

// mountRoot mounts a fresh writable layer over the image's root file system, which is read-only and may be shared.
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
	// The upper directory's mode becomes the root directory's.
	if err := os.Chmod(upper, info.Mode().Perm()); err != nil {
		return err
	}
	options := fmt.Sprintf("lowerdir=%s,upperdir=%s,workdir=%s", lower, upper, work)
	if err := unix.Mount("overlay", merged, "overlay", 0, options); err != nil {
		return fmt.Errorf("the root file system of %s: %w", name, err)
	}
	return nil
}

// withImageVolumes resolves the sources of mounts that lie in the container's own root file system. Links of the image do not lead out of that root.
// Missing directories are made. A volume that is a file in the image is left out: the file stays as it is.
func withImageVolumes(spec *specs.Spec) (*specs.Spec, error) {
	found := *spec
	found.Mounts = nil
	for _, mount := range spec.Mounts {
		inner, is := strings.CutPrefix(mount.Source, spec.Root.Path+"/")
		if is && mount.Type == "bind" {
			source, err := within(spec.Root.Path, inner)
			if errors.Is(err, unix.ENOTDIR) {
				continue
			}
			if err != nil {
				return nil, fmt.Errorf("the image's volume %s: %w", mount.Destination, err)
			}
			mount.Source = source
		}
		found.Mounts = append(found.Mounts, mount)
	}
	return &found, nil
}

// within resolves a path as a process with this root would, and makes missing directories.
func within(root, inner string) (string, error) {
	top, err := unix.Open(root, unix.O_PATH|unix.O_DIRECTORY|unix.O_CLOEXEC, 0)
	if err != nil {
		return "", err
	}
	defer unix.Close(top)
	how := unix.OpenHow{Flags: unix.O_PATH | unix.O_DIRECTORY | unix.O_CLOEXEC, Resolve: unix.RESOLVE_IN_ROOT | unix.RESOLVE_NO_MAGICLINKS}
	at, path := top, ""
	for _, name := range strings.Split(inner, "/") {
		path += "/" + name
		next, err := unix.Openat2(top, path, &how)
		if err == unix.ENOENT {
			if err = unix.Mkdirat(at, name, 0o755); err == nil {
				next, err = unix.Openat2(top, path, &how)
			}
		}
		if at != top {
			unix.Close(at)
		}
		if err != nil {
			return "", &os.PathError{Op: "open", Path: path, Err: err}
		}
		at = next
	}
	defer unix.Close(at)
	return os.Readlink(fmt.Sprintf("/proc/self/fd/%d", at))
}

func (r *Runc) unmountRoot(name string) {
	unix.Unmount(filepath.Join(r.dir(name), "rootfs"), unix.MNT_DETACH)
	os.RemoveAll(filepath.Join(r.Scratch, "layers", name))
}
