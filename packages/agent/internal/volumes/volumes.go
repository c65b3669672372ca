package volumes

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/sys/unix"
	"i2kit.dev/agent/internal/contract"
	"i2kit.dev/agent/internal/files"
	"i2kit.dev/agent/internal/fsgroup"
	"i2kit.dev/agent/internal/secrets"
)

// Maker makes the volumes of a pod.
type Maker struct {
	State    string // folder on a tmpfs
	Scratch  string // folder on the machine's disk
	Instance string
	IDs      map[string]string // volume ids by claim
	EC2      EC2
	Find     func(id, hint string) (string, bool)
	Disks    Disks
	Logf     func(format string, values ...any)
}

// Made is an existing volume.
type Made struct {
	Path     string // folder, or device of a block volume
	Block    bool
	ReadOnly bool
}

// Make makes all volumes of a pod. Volumes of an earlier agent are used as they are.
func (m *Maker) Make(ctx context.Context, pod *contract.Pod, from secrets.All, fields map[string]string) (map[string]Made, error) {
	base := filepath.Join(m.State, "volumes")
	if err := m.share(base); err != nil {
		return nil, err
	}
	made := map[string]Made{}
	for _, volume := range pod.Volumes {
		target := filepath.Join(base, volume.Name)
		var found Made
		var err error
		switch {
		case volume.Disk != nil:
			found, err = m.disk(ctx, volume, target, pod)
		case volume.Files != nil:
			found, err = m.files(volume, target, pod, from, fields)
		default:
			found, err = m.empty(volume, target, pod)
		}
		if err != nil {
			return nil, fmt.Errorf("volume %s: %w", volume.Name, err)
		}
		made[volume.Name] = found
	}
	return made, nil
}

// share makes the folder a shared mount, so that containers may see and make mounts in it (mountPropagation).
func (m *Maker) share(base string) error {
	if err := os.MkdirAll(base, 0o755); err != nil {
		return err
	}
	if IsMounted(base) {
		return nil
	}
	if err := unix.Mount(base, base, "", unix.MS_BIND, ""); err != nil {
		return err
	}
	return unix.Mount("", base, "", unix.MS_SHARED, "")
}

func (m *Maker) empty(volume contract.Volume, target string, pod *contract.Pod) (Made, error) {
	if contract.Or(volume.Empty.Medium, "") == "Memory" {
		options := "mode=0777"
		if size := volume.Empty.SizeLimit; size != nil {
			options += fmt.Sprintf(",size=%d", *size)
		}
		if err := mountTmpfs(target, options); err != nil {
			return Made{}, err
		}
	} else {
		target = filepath.Join(m.Scratch, "volumes", volume.Name)
		if err := os.MkdirAll(target, 0o755); err != nil {
			return Made{}, err
		}
	}
	if err := os.Chmod(target, 0o777); err != nil {
		return Made{}, err
	}
	return Made{Path: target}, m.own(target, pod)
}

func (m *Maker) files(volume contract.Volume, target string, pod *contract.Pod, from secrets.All, fields map[string]string) (Made, error) {
	tree, err := files.Tree(volume.Files, from, fields)
	if err != nil {
		return Made{}, err
	}
	if err := mountTmpfs(target, "mode=0755"); err != nil {
		return Made{}, err
	}
	return Made{Path: target, ReadOnly: true}, files.Write(target, tree, pod.FsGroup)
}

func (m *Maker) disk(ctx context.Context, volume contract.Volume, target string, pod *contract.Pod) (Made, error) {
	device, err := Attach(ctx, m.EC2, m.Instance, m.IDs[volume.Disk.Claim], m.Find, m.Logf)
	if err != nil {
		return Made{}, err
	}
	readOnly := contract.Or(volume.Disk.ReadOnly, false)
	if contract.Or(volume.Disk.Block, false) {
		return Made{Path: device, Block: true, ReadOnly: readOnly}, nil
	}
	found := Made{Path: target, ReadOnly: readOnly}
	if IsMounted(target) {
		return found, nil
	}
	if err := os.MkdirAll(target, 0o755); err != nil {
		return Made{}, err
	}
	if err := m.Disks.Use(ctx, device, target, *volume.Disk); err != nil {
		return Made{}, err
	}
	if readOnly {
		return found, nil
	}
	return found, m.own(target, pod)
}

func (m *Maker) own(target string, pod *contract.Pod) error {
	if pod.FsGroup == nil {
		return nil
	}
	if contract.Or(pod.FsGroupChangePolicy, "") == "OnRootMismatch" && fsgroup.Matches(target, *pod.FsGroup, fsgroup.ReadWrite) {
		return nil
	}
	refused, err := fsgroup.Own(target, *pod.FsGroup, fsgroup.ReadWrite)
	if refused.Count > 0 {
		m.Logf("fsGroup %d: %d changes were refused, the first: %v", *pod.FsGroup, refused.Count, refused.First)
	}
	return err
}

// Release unmounts and detaches the disks, so that the next machine has them at once.
func (m *Maker) Release(ctx context.Context, pod *contract.Pod) {
	// Pinned subPaths keep the disk in use.
	for _, place := range slices.Backward(mountedBelow(filepath.Join(m.State, "subpaths"))) {
		unix.Unmount(place, unix.MNT_DETACH)
	}
	for _, volume := range pod.Volumes {
		if volume.Disk == nil {
			continue
		}
		target := filepath.Join(m.State, "volumes", volume.Name)
		for IsMounted(target) {
			if err := unix.Unmount(target, 0); err != nil {
				m.Logf("the disk of %s could not be unmounted: %v", volume.Disk.Claim, err)
				unix.Unmount(target, unix.MNT_DETACH)
				break
			}
		}
		unix.Sync()
		if err := m.EC2.Detach(ctx, m.IDs[volume.Disk.Claim], m.Instance); err != nil {
			m.Logf("the disk of %s could not be detached: %v", volume.Disk.Claim, err)
		}
	}
}

func mountTmpfs(target, options string) error {
	if err := os.MkdirAll(target, 0o755); err != nil {
		return err
	}
	if IsMounted(target) {
		return nil
	}
	return unix.Mount("tmpfs", target, "tmpfs", unix.MS_NOSUID|unix.MS_NODEV, options)
}

// Mount mounts a disk.
func Mount(source, target, kind string, readOnly bool) error {
	flags := uintptr(0)
	if readOnly {
		flags = unix.MS_RDONLY
	}
	return unix.Mount(source, target, kind, flags, "")
}

// IsMounted reports whether a folder is a mount point.
func IsMounted(target string) bool { return slices.Contains(mountedBelow(target), target) }

// mountedBelow lists the mounts on a folder and below it, in the order of mounting.
func mountedBelow(folder string) (places []string) {
	text, _ := os.ReadFile("/proc/self/mountinfo")
	for _, line := range strings.Split(string(text), "\n") {
		if fields := strings.Fields(line); len(fields) > 4 && (fields[4] == folder || strings.HasPrefix(fields[4], folder+"/")) {
			places = append(places, fields[4])
		}
	}
	return places
}
