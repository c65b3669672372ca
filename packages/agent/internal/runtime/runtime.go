// Package runtime runs containers with runc, each under a shim of its own, and finds them again after a restart of
// the agent.
package runtime

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	specs "github.com/opencontainers/runtime-spec/specs-go"
	"golang.org/x/sys/unix"
	"i2kit.dev/agent/internal/shim"
)

// Launch is the configuration of a container's start; each start uses it again.
type Launch struct {
	Spec     *specs.Spec
	Lower    string // root file system in the image
	TTY      bool
	Stdin    bool
	Message  string // the termination message's file in the machine; emptied at each start
	Fallback bool   // without a termination message, the end of its output is used
}

// Runc runs containers.
type Runc struct {
	Binary   string // path of runc
	Self     string // path of the agent, which is its own shim
	State    string // folder on a tmpfs
	Scratch  string // folder for the containers' writable layers
	Group    string // control group of the pod, below which each container has its own; default: the pause process stays in the agent's
	Launches map[string]Launch
}

// Process is a started container.
type Process struct {
	started time.Time
	done    chan struct{}
	exit    shim.Exit
}

// StartedAt is the time of the start.
func (p *Process) StartedAt() time.Time { return p.started }

// Done is closed when the container has ended.
func (p *Process) Done() <-chan struct{} { return p.done }

// Exit is the container's exit, once it has ended.
func (p *Process) Exit() shim.Exit { return p.exit }

func (r *Runc) dir(name string) string { return filepath.Join(r.State, "containers", name) }

// Ring is the folder of a container's output.
func (r *Runc) LogBuffer(name string) string { return filepath.Join(r.State, "logs", name) }

func (r *Runc) id(name string) string { return "i2kit-" + name }

func (r *Runc) global() []string { return []string{"--root", filepath.Join(r.State, "runc")} }

// Start starts a container with a fresh root file system.
func (r *Runc) Start(ctx context.Context, name string) (*Process, error) {
	launch, known := r.Launches[name]
	if !known {
		return nil, fmt.Errorf("the container %s is not prepared", name)
	}
	r.Remove(name)
	dir := r.dir(name)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	if err := r.mountRoot(name, launch.Lower); err != nil {
		return nil, err
	}
	if launch.Message != "" {
		if err := os.WriteFile(launch.Message, nil, 0o666); err != nil {
			return nil, err
		}
		// The container's user may write it, whatever our umask.
		if err := os.Chmod(launch.Message, 0o666); err != nil {
			return nil, err
		}
	}
	spec, err := withImageVolumes(launch.Spec)
	if err != nil {
		return nil, err
	}
	if err := shim.Write(dir, "config.json", spec); err != nil {
		return nil, err
	}
	order := shim.Order{Runc: r.Binary, Args: r.global(), ID: r.id(name), TTY: launch.TTY, Stdin: launch.Stdin, LogBuffer: r.LogBuffer(name)}
	if err := shim.Write(dir, shim.OrderFile, order); err != nil {
		return nil, err
	}
	return r.keep(ctx, name)
}

// Began is a time after a container's earlier runs and before its present one. Later output belongs to the present
// run.
func (r *Runc) Began(name string) time.Time {
	info, err := os.Stat(filepath.Join(r.dir(name), shim.OrderFile))
	if err != nil {
		return time.Time{}
	}
	return info.ModTime()
}

// keep starts the shim and waits until the container runs or has failed to start.
func (r *Runc) keep(ctx context.Context, name string) (*Process, error) {
	dir := r.dir(name)
	command := exec.Command(r.Self, "shim", dir)
	command.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	command.Env = []string{"PATH=" + os.Getenv("PATH"), "GOMAXPROCS=1", "GOGC=50"}
	if err := command.Start(); err != nil {
		return nil, err
	}
	os.WriteFile(filepath.Join(dir, shim.PIDFile), []byte(strconv.Itoa(command.Process.Pid)), 0o600)
	gone := make(chan struct{})
	go func() { command.Wait(); close(gone) }()
	process := &Process{done: make(chan struct{}), started: time.Now()}
	for {
		var started shim.Started
		if shim.Read(dir, shim.StartedFile, &started) {
			process.started = started.At
			break
		}
		select {
		case <-gone:
			r.finish(name, process)
			return process, nil
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(5 * time.Millisecond):
		}
	}
	go func() { <-gone; r.finish(name, process) }()
	return process, nil
}

func (r *Runc) finish(name string, process *Process) {
	if !shim.Read(r.dir(name), shim.ExitFile, &process.exit) {
		process.exit = shim.Exit{Code: 137, Error: "its shim ended before it", StartedAt: process.started, FinishedAt: time.Now()}
	}
	if process.started.IsZero() {
		process.started = process.exit.StartedAt
	}
	close(process.done)
}

// Find finds a container that an earlier agent started; false means that there is none, or that it was removed.
func (r *Runc) Find(name string) (*Process, bool) {
	dir := r.dir(name)
	text, err := os.ReadFile(filepath.Join(dir, shim.PIDFile))
	if err != nil {
		return nil, false
	}
	process := &Process{done: make(chan struct{})}
	var started shim.Started
	if shim.Read(dir, shim.StartedFile, &started) {
		process.started = started.At
	}
	var exit shim.Exit
	if shim.Read(dir, shim.ExitFile, &exit) {
		r.finish(name, process)
		return process, true
	}
	pid, _ := strconv.Atoi(string(text))
	if !isKeeper(pid, dir) {
		r.finish(name, process)
		return process, true
	}
	if process.started.IsZero() {
		process.started = time.Now()
	}
	go func() {
		waitFor(pid)
		r.finish(name, process)
	}()
	return process, true
}

// isKeeper guards against another process that has reused the id.
func isKeeper(pid int, dir string) bool {
	line, err := os.ReadFile(fmt.Sprintf("/proc/%d/cmdline", pid))
	return err == nil && strings.Contains(string(line), "shim\x00"+dir)
}

// waitFor waits for a process that is not a child.
func waitFor(pid int) {
	fd, err := unix.PidfdOpen(pid, 0)
	if err != nil {
		return
	}
	defer unix.Close(fd)
	for {
		n, err := unix.Poll([]unix.PollFd{{Fd: int32(fd), Events: unix.POLLIN}}, -1)
		if n > 0 || err != nil && !errors.Is(err, unix.EINTR) {
			return
		}
	}
}

// Signal sends a signal to the container's first process.
func (r *Runc) Signal(name, signal string) error {
	return r.run("kill", r.id(name), signal)
}

// Kill ends all of the container's processes at once.
func (r *Runc) Kill(name string) error {
	if err := r.run("kill", "--all", r.id(name), "KILL"); err != nil {
		return r.run("kill", r.id(name), "KILL")
	}
	return nil
}

// Remove removes the rest of a container; its output stays.
func (r *Runc) Remove(name string) {
	dir := r.dir(name)
	if _, err := os.Stat(dir); err != nil {
		return
	}
	r.run("delete", "--force", r.id(name))
	if text, err := os.ReadFile(filepath.Join(dir, shim.PIDFile)); err == nil {
		if pid, _ := strconv.Atoi(string(text)); isKeeper(pid, dir) {
			waitFor(pid)
		}
	}
	r.unmountRoot(name)
	os.RemoveAll(dir)
}

func (r *Runc) run(args ...string) error {
	output, err := exec.Command(r.Binary, append(r.global(), args...)...).CombinedOutput()
	if err != nil {
		return fmt.Errorf("runc %s: %s", args[0], strings.TrimSpace(string(output)))
	}
	return nil
}

// Spec reads the configuration that a container was started with.
func (r *Runc) spec(name string) (*specs.Spec, error) {
	text, err := os.ReadFile(filepath.Join(r.dir(name), "config.json"))
	if err != nil {
		return nil, err
	}
	spec := &specs.Spec{}
	return spec, json.Unmarshal(text, spec)
}
