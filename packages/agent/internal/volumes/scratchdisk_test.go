package volumes

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

// disk writes /sys entries of an image's disk on a volume; sizes are in MiB.
func disk(t *testing.T, name, separator string, size int64, partitions ...[2]int64) string {
	t.Helper()
	sys := t.TempDir()
	write := func(path string, value int64) {
		path = filepath.Join(sys, path)
		os.MkdirAll(filepath.Dir(path), 0o755)
		if err := os.WriteFile(path, fmt.Appendln(nil, value), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	const sectors = mebibyte / 512
	folder := filepath.Join("devices/pci", name)
	write(filepath.Join(folder, "size"), size*sectors)
	for index, each := range partitions {
		place := filepath.Join(folder, fmt.Sprintf("%s%s%d", name, separator, index+1))
		write(filepath.Join(place, "partition"), int64(index+1))
		write(filepath.Join(place, "start"), each[0]*sectors)
		write(filepath.Join(place, "size"), each[1]*sectors)
		os.MkdirAll(filepath.Join(sys, "dev/block"), 0o755)
		os.Symlink(filepath.Join(sys, place), filepath.Join(sys, "dev/block", fmt.Sprintf("259:%d", index+1)))
	}
	return sys
}

func TestRoomBehindThePartitions(t *testing.T) {
	image := [][2]int64{{1, 40}, {41, 33}}
	found, err := ScratchDisk{Sys: disk(t, "nvme0n1", "p", 1024, image...)}.find(259, 2)
	// The partitions are 74 MiB, the image 75.
	if want := (room{disk: "nvme0n1", start: 75 << 20, length: (1023 - 75) << 20, number: 3}); err != nil || *found != want {
		t.Error(found, err)
	}
	for why, sys := range map[string]string{
		"a volume as large as the image": disk(t, "nvme0n1", "p", 75, image...),
		"one that is hardly larger":      disk(t, "xvda", "", 128, image...),
		"no partition, a root in memory": disk(t, "xvda", "", 1024),
	} {
		if found, err := (ScratchDisk{Sys: sys}).find(259, 2); err == nil {
			t.Error(why, found)
		}
	}
}

func TestTheRoomIsNobodyElses(t *testing.T) {
	ours := map[int64]string{1080: "\x53\xef", 1024 + 0x78: scratchLabel}
	for _, write := range []map[int64]string{nil, ours} {
		if err := checkBlankOrScratch(image(t, write)); err != nil {
			t.Error(err)
		}
	}
	for _, write := range []map[int64]string{{0: "XFSB"}, {1080: "\x53\xef"}, {1080: "\x53\xef", 1024 + 0x78: "data"}} {
		if checkBlankOrScratch(image(t, write)) == nil {
			t.Error("foreign content is accepted:", write)
		}
	}
}

// A root that is not an image's is left alone, whatever is behind it; the machine that runs the tests has one.
func TestScratchDiskIsAnImages(t *testing.T) {
	if _, err := (ScratchDisk{Sys: "/sys", Dev: "/dev"}).Mount(t.Context(), t.TempDir()); err == nil {
		t.Error("a file system was made")
	}
}
