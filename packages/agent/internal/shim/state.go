// Package shim is a process that starts one container and stores its output and its exit, so that the agent can be
// restarted without affecting the container.
package shim

import (
	"encoding/json"
	"os"
	"path/filepath"
	"time"
)

// Order is the shim's task; the agent writes it into the container's folder.
type Order struct {
	Runc      string   `json:"runc"` // path of runc
	Args      []string `json:"args"` // global options of runc
	ID        string   `json:"id"`
	TTY       bool     `json:"tty,omitempty"`
	Stdin     bool     `json:"stdin,omitempty"`
	LogBuffer string   `json:"logBuffer"`
}

// Started records that the container runs.
type Started struct {
	PID int       `json:"pid"`
	At  time.Time `json:"at"`
}

// Exit records how it ended.
type Exit struct {
	Code       int       `json:"code"`
	Signal     string    `json:"signal,omitempty"`
	OOMKilled  bool      `json:"oomKilled,omitempty"`
	Error      string    `json:"error,omitempty"` // the reason if it never started
	StartedAt  time.Time `json:"startedAt"`
	FinishedAt time.Time `json:"finishedAt"`
}

// Files of a container's folder.
const (
	OrderFile   = "order.json"
	StartedFile = "started.json"
	ExitFile    = "exit.json"
	PIDFile     = "shim.pid"
)

// Write writes a value atomically.
func Write(dir, name string, value any) error {
	text, err := json.Marshal(value)
	if err != nil {
		return err
	}
	path := filepath.Join(dir, name)
	if err := os.WriteFile(path+".new", text, 0o600); err != nil {
		return err
	}
	return os.Rename(path+".new", path)
}

// Read reads a value from Write; false means that it does not exist.
func Read(dir, name string, into any) bool {
	text, err := os.ReadFile(filepath.Join(dir, name))
	return err == nil && json.Unmarshal(text, into) == nil
}
