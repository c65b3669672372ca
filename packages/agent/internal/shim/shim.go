package shim

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
	"i2kit.dev/agent/internal/logbuffer"
)

// Run runs the container of a folder to its end, and saves its exit.
func Run(dir string) error {
	// The agent's end and a hang-up of the console do not end the container.
	signal.Ignore(syscall.SIGTERM, syscall.SIGINT, syscall.SIGHUP, syscall.SIGPIPE)
	var order Order
	if !Read(dir, OrderFile, &order) {
		return fmt.Errorf("%s has no order", dir)
	}
	// The container's first process becomes our child once runc has exited, and we get its exit status.
	if err := unix.Prctl(unix.PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0); err != nil {
		return err
	}
	exit := keep(dir, order)
	return Write(dir, ExitFile, exit)
}

func keep(dir string, order Order) Exit {
	exit := Exit{StartedAt: time.Now()}
	failed := func(err error) Exit {
		exit.Code, exit.Error, exit.FinishedAt = 128, err.Error(), time.Now()
		return exit
	}
	log, err := logbuffer.Open(order.LogBuffer, logbuffer.MostBytes)
	if err != nil {
		return failed(err)
	}
	defer log.Close()
	streams, err := open(dir, order, log)
	if err != nil {
		return failed(err)
	}
	pid, err := create(dir, order, streams)
	streams.hand()
	if err != nil {
		return failed(err)
	}
	if err := runc(dir, order, nil, "start", order.ID); err != nil {
		return failed(err)
	}
	exit.StartedAt = time.Now()
	if err := Write(dir, StartedFile, Started{PID: pid, At: exit.StartedAt}); err != nil {
		return failed(err)
	}
	status := await(pid)
	exit.FinishedAt = time.Now()
	exit.Code = status.ExitStatus()
	if status.Signaled() {
		exit.Signal = unix.SignalName(status.Signal())
		exit.Code = 128 + int(status.Signal())
	}
	exit.OOMKilled = outOfMemory(dir)
	streams.drain()
	return exit
}

// create makes the container and returns its first process.
func create(dir string, order Order, s *streams) (int, error) {
	pidFile := filepath.Join(dir, "pid")
	args := []string{"create", "--bundle", dir, "--pid-file", pidFile}
	if order.TTY {
		args = append(args, "--console-socket", s.socket)
	}
	if err := runc(dir, order, s, append(args, order.ID)...); err != nil {
		return 0, err
	}
	if err := s.terminal(); err != nil {
		return 0, err
	}
	text, err := os.ReadFile(pidFile)
	if err != nil {
		return 0, err
	}
	return strconv.Atoi(strings.TrimSpace(string(text)))
}

// runc runs runc; on failure, the error is the last error in its log.
func runc(dir string, order Order, s *streams, args ...string) error {
	logFile := filepath.Join(dir, "runc.log")
	os.Remove(logFile)
	command := exec.Command(order.Runc, append(append(append([]string{}, order.Args...), "--log", logFile, "--log-format", "json"), args...)...)
	if s != nil {
		s.give(command)
	}
	if err := command.Run(); err != nil {
		if said := lastError(logFile); said != "" {
			return errors.New(said)
		}
		return fmt.Errorf("runc %s: %w", args[0], err)
	}
	return nil
}

func lastError(path string) (said string) {
	text, _ := os.ReadFile(path)
	for _, line := range bytes.Split(text, []byte("\n")) {
		var entry struct{ Level, Msg string }
		if json.Unmarshal(line, &entry) == nil && (entry.Level == "error" || entry.Level == "fatal") {
			said = entry.Msg
		}
	}
	return said
}

// await waits for the container's first process and reaps all other children.
func await(pid int) syscall.WaitStatus {
	for {
		var status syscall.WaitStatus
		ended, err := syscall.Wait4(-1, &status, 0, nil)
		if err == syscall.EINTR {
			continue
		}
		if err != nil {
			return 255 << 8
		}
		if ended == pid {
			return status
		}
	}
}

// outOfMemory reads from the control group, while it exists, whether the kernel killed a process in it.
func outOfMemory(dir string) bool {
	var bundle struct {
		Linux struct {
			CgroupsPath string `json:"cgroupsPath"`
		} `json:"linux"`
	}
	if !Read(dir, "config.json", &bundle) {
		return false
	}
	// The second is the file's path in version 1 of control groups.
	for _, file := range []string{"/sys/fs/cgroup" + bundle.Linux.CgroupsPath + "/memory.events", "/sys/fs/cgroup/memory" + bundle.Linux.CgroupsPath + "/memory.oom_control"} {
		text, _ := os.ReadFile(file)
		for _, line := range strings.Split(string(text), "\n") {
			if name, count, _ := strings.Cut(line, " "); name == "oom_kill" && count != "0" {
				return true
			}
		}
	}
	return false
}

// copyLines writes a container's output to the log buffer line by line; a long line is split.
func copyLines(from io.Reader, stream string, to *logbuffer.Writer, done *sync.WaitGroup) {
	defer done.Done()
	buffer := make([]byte, 0, logbuffer.MostLine)
	chunk := make([]byte, 16<<10)
	for {
		n, err := from.Read(chunk)
		for _, b := range chunk[:n] {
			if b == '\n' {
				to.Write(time.Now(), stream, buffer, true)
				buffer = buffer[:0]
				continue
			}
			if buffer = append(buffer, b); len(buffer) == logbuffer.MostLine {
				to.Write(time.Now(), stream, buffer, false)
				buffer = buffer[:0]
			}
		}
		if err != nil {
			if len(buffer) > 0 {
				to.Write(time.Now(), stream, buffer, true)
			}
			return
		}
	}
}
