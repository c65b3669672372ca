package volumes

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/sys/unix"
	"i2kit.dev/agent/internal/contract"
	"i2kit.dev/agent/internal/fault"
	"i2kit.dev/agent/internal/fsgroup"
	"i2kit.dev/agent/internal/machinetest"
)

func ptr[T any](value T) *T { return &value }

func image(t *testing.T, write map[int64]string) string {
	t.Helper()
	file, err := os.Create(filepath.Join(t.TempDir(), "disk"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	file.Truncate(64 << 20)
	for offset, text := range write {
		if offset < 0 {
			offset += 64 << 20
		}
		file.WriteAt([]byte(text), offset)
	}
	return file.Name()
}

func TestHolds(t *testing.T) {
	sector := make([]byte, 66)
	sector[64], sector[65] = 0x55, 0xaa
	for want, write := range map[string]map[int64]string{
		"":                        nil,
		"ext4":                    {1080: "\x53\xef"},
		"xfs":                     {0: "XFSB"},
		"LUKS":                    {0: "LUKS\xba\xbe"},
		"LVM":                     {512: "LABELONE", 536: "LVM2 001"},
		"a partition table (GPT)": {-512: "EFI PART"},
		"a partition table (MBR)": {446: string(sector)},
		"btrfs":                   {0x10040: "_BHRfS_M"},
		"swap":                    {4086: "SWAPSPACE2"},
	} {
		t.Run(want, func(t *testing.T) {
			if got, err := Holds(image(t, write)); err != nil || got != want {
				t.Error(got, err)
			}
		})
	}
	if _, err := Holds("/no/such"); err == nil {
		t.Error("a missing disk counts as blank")
	}
	if _, err := Holds("/dev/null"); err == nil {
		t.Error("a disk without a size counts as blank")
	}
}

// A disk with content is mounted as it is or is a fault. Only a blank one is formatted.
func TestUse(t *testing.T) {
	for name, test := range map[string]struct {
		write map[int64]string
		disk  contract.Disk
		runs  string
		fault string
		fails string // program that fails
	}{
		"blank":                   {nil, contract.Disk{}, "mkfs.ext4 -q -F -m 0", "", ""},
		"blank, xfs":              {nil, contract.Disk{Filesystem: ptr("xfs")}, "mkfs.xfs", "", ""},
		"blank, read only":        {nil, contract.Disk{ReadOnly: ptr(true)}, "", "is blank", ""},
		"ext4":                    {map[int64]string{1080: "\x53\xef"}, contract.Disk{}, "e2fsck -p", "", ""},
		"ext4, read only":         {map[int64]string{1080: "\x53\xef"}, contract.Disk{ReadOnly: ptr(true)}, "", "", ""},
		"xfs for ext4":            {map[int64]string{0: "XFSB"}, contract.Disk{}, "", "holds xfs, not ext4", ""},
		"ext4 for xfs":            {map[int64]string{1080: "\x53\xef"}, contract.Disk{Filesystem: ptr("xfs")}, "", "holds ext4, not xfs", ""},
		"encrypted by another":    {map[int64]string{0: "LUKS\xba\xbe"}, contract.Disk{}, "", "holds LUKS", ""},
		"partitioned":             {map[int64]string{512: "EFI PART"}, contract.Disk{}, "", "holds a partition table", ""},
		"cannot be formatted":     {nil, contract.Disk{}, "mkfs.ext4 -q -F -m 0", "mkfs.ext4", "mkfs.ext4"},
		"cannot be repaired":      {map[int64]string{1080: "\x53\xef"}, contract.Disk{}, "e2fsck -p", "e2fsck", "e2fsck"},
		"xfs grows with its disk": {map[int64]string{0: "XFSB"}, contract.Disk{Filesystem: ptr("xfs")}, "xfs_growfs", "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			device := image(t, test.write)
			test.disk.Claim = "data"
			var ran []string
			mounted := ""
			disks := Disks{
				Logf: func(string, ...any) {},
				Run: func(_ context.Context, program string, args ...string) (string, error) {
					ran = append(ran, strings.TrimSuffix(strings.TrimSuffix(program+" "+strings.Join(args, " "), " "+device), " /target"))
					if program == test.fails {
						return "", errors.New(program + " failed")
					}
					if program == "mkfs.ext4" {
						file, _ := os.OpenFile(device, os.O_WRONLY, 0)
						file.WriteAt([]byte("\x53\xef"), 1080)
						// 64 MiB in blocks of 1 KiB.
						file.WriteAt([]byte{0, 0, 1, 0}, 1024+4)
						file.Close()
					}
					return "", nil
				},
				Mount: func(source, target, kind string, readOnly bool) error {
					mounted = fmt.Sprint(target, " ", kind, " ", readOnly)
					return nil
				},
			}
			err := disks.Use(t.Context(), device, "/target", test.disk)
			if test.fault != "" {
				if err == nil || !fault.IsTerminal(err) || !strings.Contains(err.Error(), test.fault) || mounted != "" {
					t.Error(err, mounted)
				}
			} else if err != nil || mounted == "" {
				t.Error(err, mounted)
			}
			ran = slices.DeleteFunc(ran, func(line string) bool { return line == "resize2fs" || line == "xfs_growfs" && test.runs != line })
			if got := strings.Join(ran, "; "); got != test.runs {
				t.Errorf("%q", got)
			}
		})
	}
}

// The whole life of a real device: formatted once, kept with its data, grown with its disk.
func TestARealDisk(t *testing.T) {
	machinetest.Need(t)
	if _, err := exec.LookPath("mkfs.ext4"); err != nil {
		machinetest.Skip(t, "needs mkfs.ext4")
	}
	file := image(t, nil)
	target := filepath.Join(t.TempDir(), "mounted")
	os.Mkdir(target, 0o755)
	said := []string{}
	disks := Disks{Run: Tools{}.Run, Logf: func(format string, values ...any) { said = append(said, fmt.Sprintf(format, values...)) }}
	disks.Mount = func(source, target, kind string, readOnly bool) error {
		output, err := exec.Command("mount", "-o", "loop", "-t", kind, source, target).CombinedOutput()
		if err != nil {
			return fmt.Errorf("%s", output)
		}
		return nil
	}
	if err := disks.Use(t.Context(), file, target, contract.Disk{Claim: "data"}); err != nil {
		if strings.Contains(err.Error(), "loop") {
			machinetest.Skip(t, "needs loop devices: "+err.Error())
		}
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(target, "kept"), []byte("data"), 0o644); err != nil {
		t.Fatal(err)
	}
	if refused, err := fsgroup.Own(target, 2000, fsgroup.ReadWrite); err != nil || refused.Count > 0 {
		t.Fatal(refused, err)
	}
	unix.Unmount(target, 0)
	os.Truncate(file, 256<<20)
	if err := disks.Use(t.Context(), file, target, contract.Disk{Claim: "data"}); err != nil {
		t.Fatal(err)
	}
	defer unix.Unmount(target, unix.MNT_DETACH)
	if text, err := os.ReadFile(filepath.Join(target, "kept")); err != nil || string(text) != "data" {
		t.Error(string(text), err)
	}
	info, _ := os.Stat(filepath.Join(target, "kept"))
	if got := info.Mode().Perm(); got != 0o664 {
		t.Error(got)
	}
	if text := strings.Join(said, "; "); strings.Count(text, "is blank") != 1 || !strings.Contains(text, "grown to 256 MiB") {
		t.Error(text)
	}
}
