package main

import (
	"fmt"
	"syscall"
)

// On 386, Go's syscall package uses socketcall, whose arguments no filter sees.
func main() {
	_, err := syscall.Socket(syscall.AF_PACKET, syscall.SOCK_RAW, 0)
	fmt.Println("socketcall", err == nil)
}
