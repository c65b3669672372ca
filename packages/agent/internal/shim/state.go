// Package shim is a process of its own that starts one container, keeps its output and its exit, and so lets the agent
// be restarted without the container noticing.
package shim

import (
	"encoding/json"
	"os"
	"path/filepath"
	"time"
)

// Order is what a shim is to do; the agent writes it into the container's folder.
type Order struct {
	Runc      string   `json:"runc"` // path of runc
	Args      []string `json:"args"` // global options of runc
	ID        string   `json:"id"`
	TTY       bool     `json:"tty,omitempty"`
	Stdin     bool     `json:"stdin,omitempty"`
	LogBuffer string   `json:"logBuffer"`
}

// Started says that the container runs.
type Started struct {
	PID int       `json:"pid"`
	At  time.Time `json:"at"`
}

// Exit says how it ended.
type Exit struct {
	Code       int       `json:"code"`
	Signal     string    `json:"signal,omitempty"`
	OOMKilled  bool      `json:"oomKilled,omitempty"`
	Error      string    `json:"error,omitempty"` // it never started
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

// Write writes a value so that it is there whole or not at all.
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

// Read reads what Write wrote; false: it is not there.
func Read(dir, name string, into any) bool {
	text, err := os.ReadFile(filepath.Join(dir, name))
	return err == nil && json.Unmarshal(text, into) == nil
}
