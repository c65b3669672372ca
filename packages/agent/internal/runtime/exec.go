package runtime

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"

	"i2kit.dev/agent/internal/shim"
)

// mostOutput limits the saved output of a command, in bytes.
const mostOutput = 10 << 10

// Exec runs a command in a container, as its user and with its environment, and returns its exit code. The context's
// end kills the command.
func (r *Runc) Exec(ctx context.Context, name string, args []string) (int, string, error) {
	spec, err := r.spec(name)
	if err != nil {
		return 0, "", err
	}
	process := spec.Process
	process.Args, process.Terminal = args, false
	dir, err := os.MkdirTemp(r.dir(name), "exec-")
	if err != nil {
		return 0, "", err
	}
	defer os.RemoveAll(dir)
	if err := shim.Write(dir, "process.json", process); err != nil {
		return 0, "", err
	}
	pidFile := filepath.Join(dir, "pid")
	command := exec.CommandContext(ctx, r.Binary, append(r.global(), "exec", "--process", filepath.Join(dir, "process.json"), "--pid-file", pidFile, r.id(name))...)
	output := &limited{most: mostOutput}
	command.Stdout, command.Stderr = output, output
	// Without this, the end of runc would leave the command running.
	command.Cancel = func() error {
		if text, err := os.ReadFile(pidFile); err == nil {
			if pid, err := strconv.Atoi(strings.TrimSpace(string(text))); err == nil {
				syscall.Kill(pid, syscall.SIGKILL)
			}
		}
		return command.Process.Kill()
	}
	command.WaitDelay = 1e9
	err = command.Run()
	var exit *exec.ExitError
	switch {
	case ctx.Err() != nil:
		return 0, output.String(), ctx.Err()
	case errors.As(err, &exit) && exit.ExitCode() >= 0:
		return exit.ExitCode(), output.String(), nil
	case err != nil:
		return 0, output.String(), fmt.Errorf("runc exec: %w", err)
	}
	return 0, output.String(), nil
}

// limited keeps the beginning of its input.
type limited struct {
	bytes.Buffer
	most int
}

func (l *limited) Write(text []byte) (int, error) {
	if room := l.most - l.Len(); room > 0 {
		l.Buffer.Write(text[:min(room, len(text))])
	}
	return len(text), nil
}
