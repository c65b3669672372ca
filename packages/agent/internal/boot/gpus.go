package boot

import (
	"fmt"
	"os"
	"path/filepath"

	specs "github.com/opencontainers/runtime-spec/specs-go"
	"golang.org/x/sys/unix"
)

// gpus assigns the machine's GPUs, each to one container, with the devices that all GPU users share. The container
// images bring the libraries. The machine's kernel must have the driver; without it, there are no GPUs.
type gpus struct {
	dev  string
	next int
}

func (g *gpus) take(wanted int64) ([]specs.LinuxDevice, error) {
	all, _ := filepath.Glob(filepath.Join(g.dev, "nvidia[0-9]*"))
	if left := len(all) - g.next; int64(left) < wanted {
		return nil, fmt.Errorf("it requests %d GPUs, and the machine has %d left of %d (%s)", wanted, left, len(all), filepath.Join(g.dev, "nvidia*"))
	}
	paths := all[g.next : g.next+int(wanted)]
	g.next += int(wanted)
	for _, name := range []string{"nvidiactl", "nvidia-uvm", "nvidia-uvm-tools", "nvidia-modeset"} {
		if path := filepath.Join(g.dev, name); exists(path) {
			paths = append(paths[:len(paths):len(paths)], path)
		}
	}
	var devices []specs.LinuxDevice
	for _, path := range paths {
		var stat unix.Stat_t
		if err := unix.Stat(path, &stat); err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		mode := os.FileMode(0o666)
		devices = append(devices, specs.LinuxDevice{
			Path: filepath.Join("/dev", filepath.Base(path)), Type: "c", Major: int64(unix.Major(stat.Rdev)), Minor: int64(unix.Minor(stat.Rdev)), FileMode: &mode,
		})
	}
	return devices, nil
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}
