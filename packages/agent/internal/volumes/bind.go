package volumes

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	specs "github.com/opencontainers/runtime-spec/specs-go"
	"golang.org/x/sys/unix"
	"i2kit.dev/agent/internal/contract"
	"i2kit.dev/agent/internal/fault"
)

// Bindings are a container's mounts of the pod's volumes.
func (m *Maker) Bindings(container contract.Container, made map[string]Made, lookup func(string) (string, bool)) ([]specs.Mount, error) {
	var mounts []specs.Mount
	for index, mount := range container.Mounts {
		volume := made[mount.Volume]
		source, sub := volume.Path, contract.Or(mount.SubPath, "")
		if mount.SubPathExpr != nil {
			var err error
			if sub, err = contract.ExpandSubPath(*mount.SubPathExpr, lookup); err != nil {
				return nil, fault.Terminalf("container %s: %w", container.Name, err)
			}
		}
		if sub != "" && filepath.Clean(sub) != "." {
			var err error
			if source, err = m.pin(volume.Path, sub, filepath.Join(m.State, "subpaths", container.Name, fmt.Sprint(index))); err != nil {
				return nil, fault.Terminalf("container %s: the subPath %s of %s: %w", container.Name, sub, mount.Volume, err)
			}
		}
		mounts = append(mounts, specs.Mount{Destination: mount.Path, Type: "bind", Source: source, Options: bindOptions(mount, volume)})
	}
	return mounts, nil
}

func bindOptions(mount contract.Mount, volume Made) []string {
	options := []string{"rbind"}
	switch contract.Or(mount.Propagation, "") {
	case "HostToContainer":
		options = append(options, "rslave")
	case "Bidirectional":
		options = append(options, "rshared")
	default:
		options = append(options, "rprivate")
	}
	switch {
	case contract.Or(mount.RecursiveReadOnly, false):
		return append(options, "ro", "rro")
	case contract.Or(mount.ReadOnly, false) || volume.ReadOnly:
		return append(options, "ro")
	}
	return append(options, "rw")
}

// pin mounts the subPath's present target on a place of ours. Later, a container that writes to the volume could
// replace it with a link that leads the next start out of the volume.
func (m *Maker) pin(volume, sub, place string) (string, error) {
	if IsMounted(place) {
		return place, nil
	}
	root, err := os.OpenRoot(volume)
	if err != nil {
		return "", err
	}
	defer root.Close()
	info, err := root.Stat(sub)
	if os.IsNotExist(err) {
		if err := makeDirectories(root, sub); err != nil {
			return "", err
		}
		info, err = root.Stat(sub)
	}
	if err != nil {
		return "", err
	}
	found, err := root.Open(sub)
	if err != nil {
		return "", err
	}
	defer found.Close()
	if info.IsDir() {
		err = os.MkdirAll(place, 0o755)
	} else if err = os.MkdirAll(filepath.Dir(place), 0o755); err == nil {
		err = os.WriteFile(place, nil, 0o600)
	}
	if err != nil {
		return "", err
	}
	return place, unix.Mount(fmt.Sprintf("/proc/self/fd/%d", found.Fd()), place, "", unix.MS_BIND|unix.MS_REC, "")
}

// makeDirectories makes the missing directories of a path. They have the mode of the volume, independent of the
// umask; setgid is kept, so that new files belong to the volume's group.
func makeDirectories(root *os.Root, sub string) error {
	volume, err := root.Stat(".")
	if err != nil {
		return err
	}
	mode := volume.Mode() & (fs.ModePerm | fs.ModeSetuid | fs.ModeSetgid | fs.ModeSticky)
	path := ""
	for _, name := range strings.Split(filepath.Clean(sub), "/") {
		path = filepath.Join(path, name)
		if err := root.Mkdir(path, 0o700); os.IsExist(err) {
			continue
		} else if err != nil {
			return err
		}
		if err := root.Chmod(path, mode); err != nil {
			return err
		}
	}
	return nil
}

// Devices are a container's block volumes.
func Devices(container contract.Container, made map[string]Made) ([]specs.LinuxDevice, error) {
	var devices []specs.LinuxDevice
	for _, device := range container.Devices {
		var stat unix.Stat_t
		if err := unix.Stat(made[device.Volume].Path, &stat); err != nil {
			return nil, fmt.Errorf("container %s: the device %s: %w", container.Name, device.Volume, err)
		}
		mode := os.FileMode(0o660)
		devices = append(devices, specs.LinuxDevice{Path: device.Path, Type: "b", Major: int64(unix.Major(stat.Rdev)), Minor: int64(unix.Minor(stat.Rdev)), FileMode: &mode})
	}
	return devices, nil
}
