package runtime

import (
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"syscall"
)

// SharedPIDs makes the process namespace that all containers of a pod share, held by a process of ours, and returns its path. It outlives
// the agent, as the containers do.
func (r *Runc) SharedPIDs() (string, error) {
	file := filepath.Join(r.State, "pause.pid")
	if text, err := os.ReadFile(file); err == nil {
		if path := fmt.Sprintf("/proc/%s/ns/pid", text); exists(path) {
			return path, nil
		}
	}
	command := exec.Command(r.Self, "pause")
	command.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Cloneflags: syscall.CLONE_NEWPID}
	command.Env = []string{"GOMAXPROCS=1"}
	if err := command.Start(); err != nil {
		return "", fmt.Errorf("the shared process namespace: %w", err)
	}
	go command.Wait()
	pid := strconv.Itoa(command.Process.Pid)
	return fmt.Sprintf("/proc/%s/ns/pid", pid), os.WriteFile(file, []byte(pid), 0o600)
}

func exists(path string) bool { _, err := os.Readlink(path); return err == nil }

// Pause is that process: the first of its namespace, it waits for those that nobody else waits for.
func Pause() {
	signal.Ignore(syscall.SIGTERM, syscall.SIGINT, syscall.SIGHUP)
	children := make(chan os.Signal, 16)
	signal.Notify(children, syscall.SIGCHLD)
	for range children {
		for {
			if pid, err := syscall.Wait4(-1, nil, syscall.WNOHANG, nil); pid <= 0 || err != nil {
				break
			}
		}
	}
}
