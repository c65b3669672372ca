package volumes

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"

	"i2kit.dev/agent/internal/contract"
	"i2kit.dev/agent/internal/fault"
)

// Disks puts file systems on devices and mounts them.
type Disks struct {
	Run   func(ctx context.Context, name string, args ...string) (string, error)
	Mount func(source, target, kind string, readOnly bool) error
	Logf  func(format string, values ...any)
}

// Use mounts a disk. Only a blank disk is formatted, so data is never lost; unexpected content is a fault.
func (d *Disks) Use(ctx context.Context, device, target string, disk contract.Disk) error {
	wanted, readOnly := contract.Or(disk.Filesystem, "ext4"), contract.Or(disk.ReadOnly, false)
	holds, err := Holds(device)
	if err != nil {
		return fmt.Errorf("the disk of %s: %w", disk.Claim, err)
	}
	switch {
	case holds == "" && readOnly:
		return fault.Terminalf("the disk of %s is blank and read-only, so it cannot be formatted", disk.Claim)
	case holds == "":
		d.Logf("the disk of %s is blank: making %s", disk.Claim, wanted)
		if err := d.format(ctx, device, wanted); err != nil {
			return fault.Terminalf("the disk of %s: %w", disk.Claim, err)
		}
	case holds != wanted:
		return fault.Terminalf("the disk of %s holds %s, not %s; it is left as it is", disk.Claim, holds, wanted)
	case wanted == "ext4" && !readOnly:
		if err := d.check(ctx, device); err != nil {
			return fault.Terminalf("the disk of %s: %w", disk.Claim, err)
		}
	}
	if err := d.Mount(device, target, wanted, readOnly); err != nil {
		return fault.Terminalf("the disk of %s cannot be mounted: %w", disk.Claim, err)
	}
	if readOnly {
		return nil
	}
	return d.grow(ctx, device, target, wanted, disk.Claim)
}

func (d *Disks) format(ctx context.Context, device, kind string) error {
	args := []string{device}
	if kind == "ext4" {
		args = []string{"-q", "-F", "-m", "0", device}
	}
	_, err := d.Run(ctx, "mkfs."+kind, args...)
	return err
}

// check repairs a file system as far as no decision is needed; a machine may have ended in the middle of a write.
func (d *Disks) check(ctx context.Context, device string) error {
	output, err := d.Run(ctx, "e2fsck", "-p", device)
	var exit *exec.ExitError
	switch {
	case err == nil, errors.Is(err, exec.ErrNotFound):
		return nil
	case errors.As(err, &exit) && exit.ExitCode()&^3 == 0:
		d.Logf("%s was repaired: %s", device, strings.TrimSpace(output))
		return nil
	}
	return err
}

// slack is how much smaller than its disk a file system may be without being grown.
const slack = 16 << 20

// grow grows the file system to the size of its disk. A disk that cannot grow is still usable.
func (d *Disks) grow(ctx context.Context, device, target, kind, claim string) error {
	if kind == "xfs" {
		if _, err := d.Run(ctx, "xfs_growfs", target); err != nil && !errors.Is(err, exec.ErrNotFound) {
			d.Logf("the disk of %s could not be grown: %v", claim, err)
		}
		return nil
	}
	used, err := extSize(device)
	if err != nil {
		return err
	}
	size, err := sizeOf(device)
	if err != nil || size-used < slack {
		return err
	}
	d.Logf("the disk of %s has grown to %d MiB", claim, size>>20)
	if _, err := d.Run(ctx, "resize2fs", device); err != nil {
		d.Logf("the disk of %s could not be grown: %v", claim, err)
	}
	return nil
}

func sizeOf(path string) (int64, error) {
	device, err := os.Open(path)
	if err != nil {
		return 0, err
	}
	defer device.Close()
	return device.Seek(0, io.SeekEnd)
}
