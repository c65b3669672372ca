package volumes

import (
	"os"
	"path/filepath"
	"strings"
)

// Finder finds a disk's device. Names of NVMe devices are arbitrary; the serial number is the volume's id.
type Finder struct {
	Sys string // /sys/block
	Dev string // /dev
}

// Find returns the device of a volume. hint is the name that it was attached by, which is valid on machines without
// NVMe.
func (f Finder) Find(id, hint string) (string, bool) {
	wanted := strings.ReplaceAll(id, "-", "")
	disks, _ := filepath.Glob(filepath.Join(f.Sys, "*", "device", "serial"))
	for _, file := range disks {
		text, err := os.ReadFile(file)
		if err == nil && strings.TrimSpace(string(text)) == wanted {
			device := filepath.Join(f.Dev, filepath.Base(filepath.Dir(filepath.Dir(file))))
			_, err := os.Stat(device)
			return device, err == nil
		}
	}
	if len(disks) > 0 || hint == "" {
		return "", false
	}
	for _, name := range []string{strings.Replace(filepath.Base(hint), "sd", "xvd", 1), filepath.Base(hint)} {
		device := filepath.Join(f.Dev, name)
		if _, err := os.Stat(device); err == nil {
			return device, true
		}
	}
	return "", false
}
