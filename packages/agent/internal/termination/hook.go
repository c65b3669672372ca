package termination

import (
	"context"
	"time"

	"i2kit.dev/agent/internal/aws"
)

const (
	// beat is the time between two heartbeats; the hook's own timeout is longer by at least 30 seconds.
	beat = 30 * time.Second
	// longestUnheard is how long the group is asked that does not answer, or refuses while it waits.
	longestUnheard = 10 * time.Minute
)

// Hook is the group's terminating lifecycle hook, seen from this machine.
type Hook struct {
	Group    Group
	Name     string // empty: there is none
	Instance string
	Every    time.Duration
	Button   <-chan string // pressed: EC2 waits no longer
	Logf     func(format string, values ...any)
}

// AwaitDrained returns once the group has deregistered the machine everywhere and its connections have drained, so that the pod may stop.
// The metadata says `Terminated` long before: as soon as the group has decided it.
func (h *Hook) AwaitDrained(ctx context.Context) {
	if h.Name == "" {
		return
	}
	unheard, said := time.Now(), false
	for {
		member, err := h.Group.Membership(ctx, h.Instance)
		switch {
		case err == nil && !member.IsServing():
			return
		case err == nil:
			unheard = time.Now()
		case ctx.Err() != nil:
			return
		case time.Since(unheard) > longestUnheard:
			h.Logf("the group has not said for %s whether it has drained this machine: %v", longestUnheard, err)
			return
		}
		if err == nil && !said {
			said = true
			h.Logf("the pod goes on serving until its load balancers have drained it (%s)", member.State)
		}
		if h.pause(ctx, h.Every) {
			return
		}
	}
}

// Hold sends heartbeats until its context ends, so that the group waits as long as the pod takes to stop.
func (h *Hook) Hold(ctx context.Context) {
	if h.Name == "" {
		return
	}
	said := false
	for {
		member, err := h.Group.Membership(ctx, h.Instance)
		if err == nil && member.IsWaiting() {
			err = h.Group.Heartbeat(ctx, member.Group, h.Name, h.Instance)
		}
		if err != nil && ctx.Err() == nil && !said {
			said = true
			h.Logf("the group could not be kept waiting: %v", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(beat):
		}
	}
}

// Complete lets the group go on. It is tried until it is taken, or until the group waits no longer: a call is refused before the group has
// drained the machine.
func (h *Hook) Complete(ctx context.Context) {
	if h.Name == "" {
		return
	}
	unheard, said := time.Now(), false
	for {
		member, err := h.Group.Membership(ctx, h.Instance)
		switch {
		case err == nil && member.IsWaiting():
			if err = h.Group.Complete(ctx, member.Group, h.Name, h.Instance); err == nil {
				return
			}
		case err == nil && member.State == aws.Terminating:
			unheard = time.Now()
		case err == nil:
			// In service, it ends for another reason; past the wait, nothing is left to complete.
			return
		}
		switch {
		case ctx.Err() != nil:
			return
		case err != nil && time.Since(unheard) > longestUnheard:
			h.Logf("the lifecycle hook %s could not be completed for %s: %v", h.Name, longestUnheard, err)
			return
		case err != nil && !said:
			said = true
			h.Logf("the lifecycle hook %s is not completed yet: %v", h.Name, err)
		}
		if h.pause(ctx, h.Every) {
			return
		}
	}
}

// pause waits; true: there is no more time.
func (h *Hook) pause(ctx context.Context, pause time.Duration) bool {
	select {
	case why := <-h.Button:
		h.Logf("no more time: %s", why)
		return true
	case <-ctx.Done():
		return true
	case <-time.After(pause):
		return false
	}
}
