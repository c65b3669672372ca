// Command sockets tries each way to open a socket and prints the results. A test runs it in a container.
//go:build !386

package main

import (
	"fmt"
	"os"
	"syscall"
)

func main() {
	if len(os.Args) > 1 {
		// x32 has its own system call numbers.
		_, _, errno := syscall.RawSyscall(syscall.SYS_SOCKET|0x40000000, syscall.AF_PACKET, syscall.SOCK_RAW, 0)
		fmt.Println("x32", errno == 0)
		return
	}
	// The kernel drops bit 32 of the family.
	dropped := uintptr(1)
	dropped = dropped << 32
	const datagram, raw, icmp = syscall.SOCK_DGRAM, syscall.SOCK_RAW, syscall.IPPROTO_ICMP
	for _, each := range []struct {
		name                   string
		family, kind, protocol uintptr
	}{
		{"packet", syscall.AF_PACKET, raw, 0},
		{"packet-high", syscall.AF_PACKET | dropped, raw, 0},
		{"xdp", 44, raw, 0},
		{"xdp-high", 44 | dropped, raw, 0},
		{"raw", syscall.AF_INET, raw, icmp},
		{"unix", syscall.AF_UNIX, datagram, 0},
		{"inet", syscall.AF_INET, datagram, 0},
		{"inet6", syscall.AF_INET6, datagram, 0},
		{"netlink", syscall.AF_NETLINK, raw, 0},
		{"ping", syscall.AF_INET, datagram, icmp},
	} {
		_, _, errno := syscall.RawSyscall(syscall.SYS_SOCKET, each.family, each.kind, each.protocol)
		fmt.Println(each.name, errno == 0)
	}
}
