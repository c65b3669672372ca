// Package termination notices that the machine is to end, keeps its group waiting until the pod has stopped, and lets the group go on then.
package termination

import (
	"context"
	"time"
)

// Metadata says whether the machine is to end.
type Metadata interface {
	Ending(ctx context.Context) (string, error)
}

// Group is the Auto Scaling group, which waits for the lifecycle hook.
type Group interface {
	GroupOf(ctx context.Context, instance string) (string, error)
	Heartbeat(ctx context.Context, group, hook, instance string) error
	Complete(ctx context.Context, group, hook, instance string) error
}

const (
	// Every is how often the metadata is asked.
	Every = 5 * time.Second
	beat  = 30 * time.Second
)

// Watch returns when the machine is to end, with the reason; empty: the context ended first.
func Watch(ctx context.Context, metadata Metadata, button <-chan string, every time.Duration) string {
	for {
		// A service that does not answer says nothing about the machine's end.
		if why, err := metadata.Ending(ctx); err == nil && why != "" {
			return why
		}
		select {
		case why := <-button:
			return why
		case <-ctx.Done():
			return ""
		case <-time.After(every):
		}
	}
}

// Hook is the group's terminating lifecycle hook, seen from this machine.
type Hook struct {
	Group    Group
	Name     string // empty: there is none
	Instance string
	Logf     func(format string, values ...any)

	group string
}

// Hold sends heartbeats until its context ends, so that the group waits as long as the pod takes to stop.
func (h *Hook) Hold(ctx context.Context) {
	if h.Name == "" {
		return
	}
	for {
		if h.find(ctx) {
			if err := h.Group.Heartbeat(ctx, h.group, h.Name, h.Instance); err != nil && ctx.Err() == nil {
				// Not in the hook's wait: a power-off that nobody asked the group for.
				h.Logf("heartbeat: %v", err)
			}
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(beat):
		}
	}
}

// Complete lets the group go on.
func (h *Hook) Complete(ctx context.Context) {
	if h.Name == "" || !h.find(ctx) {
		return
	}
	if err := h.Group.Complete(ctx, h.group, h.Name, h.Instance); err != nil {
		h.Logf("the lifecycle hook %s could not be completed: %v", h.Name, err)
	}
}

func (h *Hook) find(ctx context.Context) bool {
	if h.group == "" {
		group, err := h.Group.GroupOf(ctx, h.Instance)
		if err != nil {
			h.Logf("its Auto Scaling group cannot be told: %v", err)
		}
		h.group = group
	}
	return h.group != ""
}
