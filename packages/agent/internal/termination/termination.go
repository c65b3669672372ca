// Package termination notices that the machine is to end, lets it serve until its load balancers have drained it, keeps its Auto Scaling
// group waiting until the pod has stopped, and lets the group go on then.
package termination

import (
	"context"
	"time"

	"i2kit.dev/agent/internal/aws"
)

// Metadata says whether the machine is to end.
type Metadata interface {
	// TargetState is the state that the Auto Scaling group leads the machine to; empty: none is known.
	TargetState(ctx context.Context) (string, error)
	SpotInterruption(ctx context.Context) (bool, error)
}

// Group is the Auto Scaling group, which waits for the lifecycle hook.
type Group interface {
	Membership(ctx context.Context, instance string) (aws.Membership, error)
	Heartbeat(ctx context.Context, group, hook, instance string) error
	Complete(ctx context.Context, group, hook, instance string) error
}

// Every is how often the metadata and the group are asked.
const Every = 5 * time.Second

// Cause is why the machine ends.
type Cause struct {
	Reason  string
	ByGroup bool // the Auto Scaling group ends it, and drains it before
}

// Watch returns when the machine is to end, with the cause; an empty one: the context ended first.
func Watch(ctx context.Context, metadata Metadata, button <-chan string, every time.Duration) Cause {
	for {
		// A service that does not answer says nothing about the machine's end.
		if state, err := metadata.TargetState(ctx); err == nil && state == "Terminated" {
			return Cause{Reason: "its Auto Scaling group terminates it", ByGroup: true}
		}
		if interrupted, err := metadata.SpotInterruption(ctx); err == nil && interrupted {
			return Cause{Reason: "a spot interruption"}
		}
		select {
		case why := <-button:
			return Cause{Reason: why}
		case <-ctx.Done():
			return Cause{}
		case <-time.After(every):
		}
	}
}
