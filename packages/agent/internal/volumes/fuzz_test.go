package volumes

import (
	"os"
	"path/filepath"
	"testing"
)

// A disk that begins with anything but zeros may be unknown; a disk of zeros is blank; nothing panics.
func FuzzHolds(f *testing.F) {
	f.Add([]byte("XFSB"), uint32(0))
	f.Add([]byte{0x53, 0xef}, uint32(0x438))
	f.Add([]byte("LUKS\xba\xbe"), uint32(0x4000))
	f.Fuzz(func(t *testing.T, text []byte, offset uint32) {
		const size = 1 << 20
		path := filepath.Join(t.TempDir(), "disk")
		device, err := os.Create(path)
		if err != nil {
			t.Fatal(err)
		}
		defer device.Close()
		device.Truncate(size)
		if len(text) > 4096 {
			text = text[:4096]
		}
		device.WriteAt(text, int64(offset%(size-4096)))
		blank := true
		for _, each := range text {
			blank = blank && each == 0
		}
		if found, err := Holds(path); err != nil || blank && found != "" {
			t.Errorf("%q: %v", found, err)
		}
	})
}
