// Command app runs in the containers of the boot tests: it reports on itself, and obeys the test's orders.
package main

import (
	"fmt"
	"net"
	"os"
	"os/signal"
	"syscall"
	"time"
)

const usage = "usage: app serve ADDRESS LOG | grpc ADDRESS FILE | listen ADDRESS FILE | worker FILE SOCKETS | exists FILE | absent FILE | note FILE WORD | fail"

func main() {
	args := append(os.Args[1:], "", "", "")
	switch args[0] {
	case "serve":
		onTerm(func() { note(args[2], "SIGTERM") })
		note(args[2], "started")
		check(serve(args[1]))
	case "grpc":
		onTerm(nil)
		check(grpc(args[1], args[2]))
	case "listen":
		onTerm(nil)
		check(listen(args[1], args[2]))
	case "worker":
		// The cause of its failure ends with the process.
		os.Remove(args[1])
		sockets(args[2])
		onTerm(nil)
		select {}
	case "exists", "absent":
		if exists(args[1]) != (args[0] == "exists") {
			os.Exit(1)
		}
	case "note":
		note(args[1], args[2])
	case "fail":
		fmt.Println("the database is not there")
		os.Exit(3)
	default:
		fmt.Fprintln(os.Stderr, usage)
		os.Exit(2)
	}
}

func check(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// note appends a word to a file, which records the order of events.
func note(path, word string) {
	file, err := os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o666)
	if err != nil {
		check(err)
	}
	fmt.Fprintln(file, word)
	if err := file.Close(); err != nil {
		check(err)
	}
}

// onTerm ends the process cleanly, as the first process of a container has to do itself.
func onTerm(first func()) {
	asked := make(chan os.Signal, 1)
	signal.Notify(asked, syscall.SIGTERM)
	go func() {
		<-asked
		if first != nil {
			first()
		}
		os.Exit(0)
	}()
}

// listen answers TCP while a file exists.
func listen(address, file string) error {
	for {
		for !exists(file) {
			time.Sleep(100 * time.Millisecond)
		}
		listener, err := net.Listen("tcp", address)
		if err != nil {
			return err
		}
		go func() {
			for {
				connection, err := listener.Accept()
				if err != nil {
					return
				}
				connection.Close()
			}
		}()
		for exists(file) {
			time.Sleep(100 * time.Millisecond)
		}
		listener.Close()
	}
}
