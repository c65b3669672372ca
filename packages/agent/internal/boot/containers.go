package boot

import (
	"context"
	"os"
	"strings"

	"i2kit.dev/agent/internal/contract"
	"i2kit.dev/agent/internal/logbuffer"
	"i2kit.dev/agent/internal/pod"
	"i2kit.dev/agent/internal/runtime"
)

// Runc runs containers with runc.
type Runc struct{ *runtime.Runc }

// Prepare sets the containers.
func (r Runc) Prepare(launches map[string]runtime.Launch) { r.Launches = launches }

// Start starts a container.
func (r Runc) Start(ctx context.Context, name string) (pod.Running, error) {
	process, err := r.Runc.Start(ctx, name)
	if err != nil {
		return nil, err
	}
	return process, nil
}

// Find finds a container that another agent started.
func (r Runc) Find(name string) (pod.Running, bool) {
	process, there := r.Runc.Find(name)
	if !there {
		return nil, false
	}
	return process, true
}

// LastWords reads the container's termination message.
func (r Runc) LastWords(name string, failed bool) string {
	const most = 4096
	text, _ := os.ReadFile(r.Launches[name].Message)
	if len(text) > most {
		text = text[len(text)-most:]
	}
	if words := strings.TrimSpace(string(text)); words != "" || !failed || !r.Launches[name].Fallback {
		return words
	}
	// Output of an earlier run does not belong to this end.
	return strings.TrimSpace(logbuffer.Tail(r.LogBuffer(name), r.Began(name), most/2))
}

// fallsBack reports whether the end of the output serves as the termination message of a container that left none.
func fallsBack(container contract.Container) bool { return container.TerminationMessagePolicy != nil }
