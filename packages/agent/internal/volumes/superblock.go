package volumes

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
)

// signature identifies a file system, or another format that holds data.
type signature struct {
	name   string
	offset int64 // a negative offset is from the end
	magic  string
}

var signatures = []signature{
	{"xfs", 0, "XFSB"},
	{"btrfs", 0x10040, "_BHRfS_M"},
	{"LUKS", 0, "LUKS\xba\xbe"}, {"LUKS", 0x4000, "SKUL\xba\xbe"},
	{"LVM", 0x018, "LVM2 001"}, {"LVM", 0x218, "LVM2 001"}, {"LVM", 0x418, "LVM2 001"}, {"LVM", 0x618, "LVM2 001"},
	{"swap", 0xff6, "SWAPSPACE2"}, {"swap", 0xff6, "SWAP-SPACE"}, {"swap", 0xfff6, "SWAPSPACE2"},
	{"a partition table (GPT)", 0x200, "EFI PART"}, {"a partition table (GPT)", 0x1000, "EFI PART"}, {"a partition table (GPT)", -0x200, "EFI PART"},
	{"a RAID member", 0, "\xfc\x4e\x2b\xa9"}, {"a RAID member", 0x1000, "\xfc\x4e\x2b\xa9"}, {"a RAID member", -0x2000, "\xfc\x4e\x2b\xa9"}, {"a RAID member", -0x10000, "\xfc\x4e\x2b\xa9"},
	{"f2fs", 0x400, "\x10\x20\xf5\xf2"}, {"erofs", 0x400, "\xe2\xe1\xf5\xe0"}, {"squashfs", 0, "hsqs"}, {"squashfs", 0, "sqsh"},
	{"NTFS", 3, "NTFS    "}, {"exFAT", 3, "EXFAT   "}, {"FAT", 0x36, "FAT12   "}, {"FAT", 0x36, "FAT16   "}, {"FAT", 0x52, "FAT32   "},
	{"ISO 9660", 0x8001, "CD001"}, {"UDF", 0x8001, "BEA01"}, {"JFS", 0x8000, "JFS1"}, {"ReiserFS", 0x10034, "ReIsEr"}, {"NILFS", 0x406, "\x34\x34"},
	{"bcache", 0x1018, "\xc6\x85\x73\xf6\x4e\x1a\x45\xca\x82\x65\xf5\x7f\x48\xba\x6d\x81"}, {"ZFS", 0x20000, "\x0c\xb1\xba\x00\x00\x00\x00\x00"}, {"BlueStore", 0, "bluestore block device"},
}

// Holds returns the content of a disk: ext4 (also for ext2 and ext3), the name of another format, or empty for a
// blank disk.
func Holds(path string) (string, error) {
	device, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer device.Close()
	size, err := device.Seek(0, io.SeekEnd)
	if err != nil {
		return "", err
	}
	if size < 1<<20 {
		return "", fmt.Errorf("%s has %d bytes only", path, size)
	}
	if is, err := isExt(device); is || err != nil {
		return "ext4", err
	}
	for _, each := range signatures {
		offset := each.offset
		if offset < 0 {
			offset += size
		}
		found := make([]byte, len(each.magic))
		// An unreadable disk is not a blank one.
		if _, err := device.ReadAt(found, offset); err != nil {
			return "", err
		}
		if bytes.Equal(found, []byte(each.magic)) {
			return each.name, nil
		}
	}
	if is, err := isMBR(device); is || err != nil {
		return "a partition table (MBR)", err
	}
	return "", nil
}

const superblockAt = 1024

func extSuperblock(device io.ReaderAt) ([]byte, error) {
	block := make([]byte, 1024)
	_, err := device.ReadAt(block, superblockAt)
	return block, err
}

func isExt(device io.ReaderAt) (bool, error) {
	block, err := extSuperblock(device)
	if err != nil {
		return false, err
	}
	return binary.LittleEndian.Uint16(block[0x38:]) == 0xef53, nil
}

// extSize returns how many bytes of its disk an ext file system uses.
func extSize(path string) (int64, error) {
	device, err := os.Open(path)
	if err != nil {
		return 0, err
	}
	defer device.Close()
	block, err := extSuperblock(device)
	if err != nil {
		return 0, err
	}
	if binary.LittleEndian.Uint16(block[0x38:]) != 0xef53 {
		return 0, errors.New("not an ext file system")
	}
	blocks := uint64(binary.LittleEndian.Uint32(block[0x04:]))
	if binary.LittleEndian.Uint32(block[0x60:])&0x80 != 0 {
		blocks |= uint64(binary.LittleEndian.Uint32(block[0x150:])) << 32
	}
	return int64(blocks << (10 + binary.LittleEndian.Uint32(block[0x18:]))), nil
}

// isMBR takes a boot sector for a partition table only if one of its partitions is plausible.
func isMBR(device io.ReaderAt) (bool, error) {
	sector := make([]byte, 512)
	if _, err := device.ReadAt(sector, 0); err != nil {
		return false, err
	}
	if sector[510] != 0x55 || sector[511] != 0xaa {
		return false, nil
	}
	for entry := 446; entry < 510; entry += 16 {
		if sector[entry] != 0 && sector[entry] != 0x80 {
			return false, nil
		}
	}
	return true, nil
}
