package main

import (
	"fmt"
	"os"
	"syscall"
)

// sockets tries to open packet sockets in each way, and one for ping, and writes the results to a file.
func sockets(path string) {
	// The kernel drops bit 32 of a family.
	dropped := uintptr(1) << 32
	const raw, datagram, xdp = syscall.SOCK_RAW, syscall.SOCK_DGRAM, 44
	text := ""
	for _, each := range []struct {
		name                   string
		family, kind, protocol uintptr
	}{
		{"packet", syscall.AF_PACKET, raw, 0}, {"packet-high", syscall.AF_PACKET | dropped, raw, 0}, {"xdp", xdp, raw, 0}, {"xdp-high", xdp | dropped, raw, 0},
		{"raw", syscall.AF_INET, raw, syscall.IPPROTO_ICMP}, {"ping", syscall.AF_INET, datagram, syscall.IPPROTO_ICMP},
	} {
		file, _, errno := syscall.RawSyscall(syscall.SYS_SOCKET, each.family, each.kind, each.protocol)
		if errno == 0 {
			syscall.Close(int(file))
		}
		text += fmt.Sprintf("%s %v\n", each.name, errno == 0)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		check(err)
	}
}
