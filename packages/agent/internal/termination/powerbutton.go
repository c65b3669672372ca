package termination

import (
	"context"
	"encoding/binary"
	"os"
	"path/filepath"
	"time"
	"unsafe"

	"golang.org/x/sys/unix"
)

const (
	typeKey  = 1
	keyPower = 116
	pressed  = 1
)

// PowerButton reports a press of the machine's power button, which is how EC2 and QEMU ask a machine to shut down.
// Devices may appear late.
func PowerButton(ctx context.Context, pattern string) <-chan string {
	presses := make(chan string, 1)
	go func() {
		known := map[string]bool{}
		for ctx.Err() == nil {
			devices, _ := filepath.Glob(pattern)
			for _, device := range devices {
				if !known[device] {
					known[device] = true
					go listen(ctx, device, presses)
				}
			}
			select {
			case <-ctx.Done():
			case <-time.After(2 * time.Second):
			}
		}
	}()
	return presses
}

func listen(ctx context.Context, device string, presses chan<- string) {
	file, err := os.OpenFile(device, os.O_RDONLY|unix.O_NONBLOCK, 0)
	if err != nil {
		return
	}
	stop := context.AfterFunc(ctx, func() { file.Close() })
	defer stop()
	defer file.Close()
	size := int(unsafe.Sizeof(unix.Timeval{})) + 8
	events := make([]byte, 32*size)
	for {
		n, err := file.Read(events)
		if err != nil {
			return
		}
		for at := 0; at+size <= n; at += size {
			if Pressed(events[at : at+size]) {
				select {
				case presses <- "the power button was pressed":
				default:
				}
			}
		}
	}
}

// Pressed reads one input event.
func Pressed(event []byte) bool {
	body := event[len(event)-8:]
	return binary.LittleEndian.Uint16(body) == typeKey && binary.LittleEndian.Uint16(body[2:]) == keyPower && binary.LittleEndian.Uint32(body[4:]) == pressed
}
