package volumes

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"unsafe"

	"golang.org/x/sys/unix"
)

const (
	mebibyte = 1 << 20
	// leastScratch is the smallest useful file system, in bytes.
	leastScratch = 64 * mebibyte
	scratchLabel = "i2kit-scratch"
)

// ScratchDisk is the unused space behind the partitions of the machine's boot disk: the EBS volume has the size that
// the pod requests, its image only that of its content.
type ScratchDisk struct {
	Sys string // /sys
	Dev string // /dev
	Run func(ctx context.Context, name string, args ...string) (string, error)
}

// room is a range of a disk, in bytes, with the number of its partition.
type room struct {
	disk          string
	start, length int64
	number        int
}

// Mount makes a file system in that space and mounts it. It is new after each boot, like a tmpfs. The partition table
// is not written: the kernel is told of the partition for the time that it runs.
func (s ScratchDisk) Mount(ctx context.Context, target string) (int64, error) {
	var root unix.Stat_t
	var kind unix.Statfs_t
	if err := errors.Join(unix.Stat("/", &root), unix.Statfs("/", &kind)); err != nil {
		return 0, err
	}
	if kind.Type != unix.SQUASHFS_MAGIC {
		return 0, errors.New("the root is not that of a machine image")
	}
	found, err := s.find(unix.Major(uint64(root.Dev)), unix.Minor(uint64(root.Dev)))
	if err != nil {
		return 0, err
	}
	device, err := s.partition(found)
	if err != nil {
		return 0, fmt.Errorf("the partition: %w", err)
	}
	if err := checkBlankOrScratch(device); err != nil {
		return 0, err
	}
	// Without a journal and without initialising unused parts: the file system does not outlive the boot.
	made := []string{"-q", "-F", "-m", "0", "-L", scratchLabel, "-O", "^has_journal", "-E", "lazy_itable_init=1,nodiscard", device}
	if _, err := s.Run(ctx, "mkfs.ext4", made...); err != nil {
		return 0, err
	}
	if err := unix.Mount(device, target, "ext4", unix.MS_NODEV|unix.MS_NOATIME, "noinit_itable"); err != nil {
		return 0, err
	}
	return found.length, os.Chmod(target, 0o711)
}

// find returns the space behind the last partition of a partition's disk.
func (s ScratchDisk) find(major, minor uint32) (*room, error) {
	partition, err := filepath.EvalSymlinks(filepath.Join(s.Sys, "dev/block", fmt.Sprintf("%d:%d", major, minor)))
	if err != nil {
		return nil, errors.New("the root is not on a disk")
	}
	folder := filepath.Dir(partition)
	size, err := number(filepath.Join(folder, "size"))
	if err != nil {
		return nil, errors.New("the root is not on a partition")
	}
	found := room{disk: filepath.Base(folder)}
	var end int64
	partitions, _ := filepath.Glob(filepath.Join(folder, "*", "partition"))
	for _, each := range partitions {
		index, err := number(each)
		start, err2 := number(filepath.Join(filepath.Dir(each), "start"))
		sectors, err3 := number(filepath.Join(filepath.Dir(each), "size"))
		if err := errors.Join(err, err2, err3); err != nil {
			return nil, err
		}
		found.number = max(found.number, int(index)+1)
		end = max(end, (start+sectors)*512)
	}
	// Whole MiB; one before it and one behind it are reserved for copies of the partition table.
	found.start = (end+mebibyte-1)/mebibyte*mebibyte + mebibyte
	found.length = (size*512/mebibyte-1)*mebibyte - found.start
	if found.length < leastScratch {
		return nil, fmt.Errorf("%s has no room behind its partitions", found.disk)
	}
	return &found, nil
}

// partition tells the kernel of a partition and returns its device (linux/blkpg.h).
func (s ScratchDisk) partition(r *room) (string, error) {
	disk, err := os.Open(filepath.Join(s.Dev, r.disk))
	if err != nil {
		return "", err
	}
	defer disk.Close()
	partition := struct {
		start, length int64
		number        int32
		_             [128]byte
		_             int32
	}{start: r.start, length: r.length, number: int32(r.number)}
	order := struct {
		operation, flags, size int32
		data                   unsafe.Pointer
	}{operation: unix.BLKPG_ADD_PARTITION, size: int32(unsafe.Sizeof(partition)), data: unsafe.Pointer(&partition)}
	if _, _, errno := unix.Syscall(unix.SYS_IOCTL, disk.Fd(), unix.BLKPG, uintptr(unsafe.Pointer(&order))); errno != 0 {
		return "", errno
	}
	separator := ""
	if last := r.disk[len(r.disk)-1]; last >= '0' && last <= '9' {
		separator = "p"
	}
	return filepath.Join(s.Dev, fmt.Sprintf("%s%s%d", r.disk, separator, r.number)), nil
}

// checkBlankOrScratch refuses content that is not ours.
func checkBlankOrScratch(device string) error {
	holds, err := Holds(device)
	if err != nil || holds == "" {
		return err
	}
	file, err := os.Open(device)
	if err != nil {
		return err
	}
	defer file.Close()
	block, err := extSuperblock(file)
	if err != nil || holds == "ext4" && bytes.HasPrefix(block[0x78:], []byte(scratchLabel+"\x00")) {
		return err
	}
	return fmt.Errorf("%s holds %s; it is left as it is", device, holds)
}

func number(path string) (int64, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return 0, err
	}
	return strconv.ParseInt(strings.TrimSpace(string(text)), 10, 64)
}
