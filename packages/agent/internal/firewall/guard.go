package firewall

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"unsafe"

	"golang.org/x/sys/unix"
	"i2kit.dev/agent/internal/cgroup"
)

// Guard blocks access to the metadata service for a control group and those below it. A second call changes nothing.
func Guard(group string) error {
	mount, err := cgroup.Mount()
	if err != nil {
		return err
	}
	folder := filepath.Join(mount, group)
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	target, err := unix.Open(folder, unix.O_RDONLY|unix.O_DIRECTORY|unix.O_CLOEXEC, 0)
	if err != nil {
		return err
	}
	defer unix.Close(target)
	for _, way := range []direction{egress, ingress} {
		if count, err := attached(target, way); err != nil || count > 0 {
			if err != nil {
				return err
			}
			continue
		}
		loaded, err := load(way)
		if err != nil {
			return err
		}
		err = attach(target, loaded, way)
		unix.Close(loaded)
		if err != nil {
			return err
		}
	}
	return nil
}

const (
	cmdLoad   = 5
	cmdAttach = 8
	cmdQuery  = 16

	typeCgroupSKB = 8
	allowMulti    = 2
)

func bpf(command uintptr, attributes unsafe.Pointer, size uintptr) (int, error) {
	result, _, errno := unix.Syscall(unix.SYS_BPF, command, uintptr(attributes), size)
	if errno != 0 {
		return 0, errno
	}
	return int(result), nil
}

func load(way direction) (int, error) {
	code, license, log := encode(program(way)), []byte("Apache-2.0\x00"), make([]byte, 8192)
	attributes := struct {
		kind, count         uint32
		code, license       uint64
		level, logSize      uint32
		log                 uint64
		kernel, flags       uint32
		name                [16]byte
		ifindex, attachType uint32
	}{
		kind: typeCgroupSKB, count: uint32(len(code) / 8), code: address(code), license: address(license),
		level: 1, logSize: uint32(len(log)), log: address(log), attachType: uint32(way),
	}
	copy(attributes.name[:], "i2kit_metadata")
	loaded, err := bpf(cmdLoad, unsafe.Pointer(&attributes), unsafe.Sizeof(attributes))
	runtime.KeepAlive(code)
	runtime.KeepAlive(license)
	if err != nil {
		return 0, fmt.Errorf("the metadata firewall: %w: %s", err, bytes.TrimRight(log, "\x00"))
	}
	return loaded, nil
}

func attach(target, loaded int, way direction) error {
	attributes := struct{ target, program, kind, flags, replace uint32 }{uint32(target), uint32(loaded), uint32(way), allowMulti, 0}
	if _, err := bpf(cmdAttach, unsafe.Pointer(&attributes), unsafe.Sizeof(attributes)); err != nil {
		return fmt.Errorf("the metadata firewall: %w", err)
	}
	return nil
}

func attached(target int, way direction) (int, error) {
	attributes := struct {
		target, kind, queryFlags, attachFlags uint32
		ids                                   uint64
		count, pad                            uint32
	}{target: uint32(target), kind: uint32(way)}
	if _, err := bpf(cmdQuery, unsafe.Pointer(&attributes), unsafe.Sizeof(attributes)); err != nil {
		return 0, fmt.Errorf("the metadata firewall: %w", err)
	}
	return int(attributes.count), nil
}

func address(bytes []byte) uint64 { return uint64(uintptr(unsafe.Pointer(&bytes[0]))) }
