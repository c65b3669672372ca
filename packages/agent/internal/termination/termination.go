// Package termination notices the machine's end, lets the pod serve until its load balancers have drained it, keeps
// the Auto Scaling group waiting until the pod has stopped, and then lets the group continue.
package termination

import (
	"context"
	"time"

	"i2kit.dev/agent/internal/aws"
)

// Metadata says whether the machine is to end.
type Metadata interface {
	// TargetState is the target lifecycle state in the Auto Scaling group; empty means unknown.
	TargetState(ctx context.Context) (string, error)
	SpotInterruption(ctx context.Context) (bool, error)
}

// Group is the Auto Scaling group, which waits for the lifecycle hook.
type Group interface {
	Membership(ctx context.Context, instance string) (aws.Membership, error)
	Heartbeat(ctx context.Context, group, hook, instance string) error
	Complete(ctx context.Context, group, hook, instance string) error
}

// Every is the polling interval of the metadata and the group.
const Every = 5 * time.Second

// Cause is the reason for the machine's end.
type Cause struct {
	Reason  string
	ByGroup bool // the Auto Scaling group terminates it after draining it
}

// Watch returns the cause when the machine is to end; empty if the context ended first.
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
