package shim

import (
	"errors"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"time"

	"golang.org/x/sys/unix"
	"i2kit.dev/agent/internal/logbuffer"
)

// streams are the container's ends of its input and output, and our readers of the output.
type streams struct {
	in, out, err *os.File
	held         []*os.File // ends that stay open as long as the shim
	log          *logbuffer.Writer
	copies       sync.WaitGroup
	socket       string
	listener     *net.UnixListener
}

func open(dir string, order Order, log *logbuffer.Writer) (*streams, error) {
	s := &streams{log: log}
	if order.TTY {
		s.socket = filepath.Join(dir, "tty")
		os.Remove(s.socket)
		listener, err := net.ListenUnix("unix", &net.UnixAddr{Name: s.socket, Net: "unix"})
		s.listener = listener
		return s, err
	}
	var err error
	if order.Stdin {
		// An open input without a writer, as for a container whose terminal is elsewhere.
		var writer *os.File
		if s.in, writer, err = os.Pipe(); err != nil {
			return nil, err
		}
		s.held = append(s.held, writer)
	}
	if s.out, err = s.pipe("1"); err != nil {
		return nil, err
	}
	s.err, err = s.pipe("2")
	return s, err
}

func (s *streams) pipe(stream string) (*os.File, error) {
	reader, writer, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	s.held = append(s.held, reader)
	s.copies.Add(1)
	go copyLines(reader, stream, s.log, &s.copies)
	return writer, nil
}

// give passes the streams to runc, from which the container inherits them. A missing one is /dev/null.
func (s *streams) give(command *exec.Cmd) {
	if s.in != nil {
		command.Stdin = s.in
	}
	if s.out != nil {
		command.Stdout, command.Stderr = s.out, s.err
	}
}

// hand closes our copies of the container's ends, so that the container's exit closes the streams.
func (s *streams) hand() {
	for _, end := range []*os.File{s.in, s.out, s.err} {
		if end != nil {
			end.Close()
		}
	}
}

// terminal receives the terminal that runc made, and reads it.
func (s *streams) terminal() error {
	if s.listener == nil {
		return nil
	}
	defer s.listener.Close()
	s.listener.SetDeadline(time.Now().Add(10 * time.Second))
	connection, err := s.listener.AcceptUnix()
	if err != nil {
		return err
	}
	defer connection.Close()
	name, control := make([]byte, 4096), make([]byte, unix.CmsgSpace(4))
	_, n, _, _, err := connection.ReadMsgUnix(name, control)
	if err != nil {
		return err
	}
	messages, err := unix.ParseSocketControlMessage(control[:n])
	if err != nil || len(messages) == 0 {
		return errors.New("runc sent no terminal")
	}
	files, err := unix.ParseUnixRights(&messages[0])
	if err != nil || len(files) == 0 {
		return errors.New("runc sent no terminal")
	}
	master := os.NewFile(uintptr(files[0]), "tty")
	s.held = append(s.held, master)
	s.copies.Add(1)
	go copyLines(master, "1", s.log, &s.copies)
	return nil
}

// drain reads the rest. It does not wait for a process that left the container and holds a stream open.
func (s *streams) drain() {
	done := make(chan struct{})
	go func() { s.copies.Wait(); close(done) }()
	select {
	case <-done:
	case <-time.After(2 * time.Second):
	}
}
