package termination

import (
	"context"
	"time"

	"i2kit.dev/agent/internal/aws"
)

const (
	// beat is the time between two heartbeats; the hook's own timeout is longer by at least 30 seconds.
	beat = 30 * time.Second
	// longestSilence limits the retries while the group does not answer, or refuses although it waits.
	longestSilence = 10 * time.Minute
)

// Hook is the group's terminating lifecycle hook.
type Hook struct {
	Group    Group
	Name     string // empty: no hook
	Instance string
	Every    time.Duration
	Button   <-chan string // a press ends EC2's wait
	Logf     func(format string, values ...any)
}

// AwaitDrained returns once the group has deregistered the machine everywhere and its connections have drained, so
// that the pod may stop. The metadata says `Terminated` much earlier: as soon as the group has decided.
func (h *Hook) AwaitDrained(ctx context.Context) {
	if h.Name == "" {
		return
	}
	lastAnswer, logged := time.Now(), false
	for {
		member, err := h.Group.Membership(ctx, h.Instance)
		switch {
		case err == nil && !member.IsServing():
			return
		case err == nil:
			lastAnswer = time.Now()
		case ctx.Err() != nil:
			return
		case time.Since(lastAnswer) > longestSilence:
			h.Logf("the group has not reported for %s whether it has drained this machine: %v", longestSilence, err)
			return
		}
		if err == nil && !logged {
			logged = true
			h.Logf("the pod keeps serving until its load balancers have drained it (%s)", member.State)
		}
		if h.pause(ctx, h.Every) {
			return
		}
	}
}

// Hold sends heartbeats until its context ends, so that the group waits until the pod has stopped.
func (h *Hook) Hold(ctx context.Context) {
	if h.Name == "" {
		return
	}
	logged := false
	for {
		member, err := h.Group.Membership(ctx, h.Instance)
		if err == nil && member.IsWaiting() {
			err = h.Group.Heartbeat(ctx, member.Group, h.Name, h.Instance)
		}
		if err != nil && ctx.Err() == nil && !logged {
			logged = true
			h.Logf("the group could not be kept waiting: %v", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(beat):
		}
	}
}

// Complete lets the group continue. It retries until the call is accepted, or until the group no longer waits: a call
// is refused before the group has drained the machine.
func (h *Hook) Complete(ctx context.Context) {
	if h.Name == "" {
		return
	}
	lastAnswer, logged := time.Now(), false
	for {
		member, err := h.Group.Membership(ctx, h.Instance)
		switch {
		case err == nil && member.IsWaiting():
			if err = h.Group.Complete(ctx, member.Group, h.Name, h.Instance); err == nil {
				return
			}
		case err == nil && member.State == aws.Terminating:
			lastAnswer = time.Now()
		case err == nil:
			// In service, the machine ends for another reason. After the wait, nothing is left to complete.
			return
		}
		switch {
		case ctx.Err() != nil:
			return
		case err != nil && time.Since(lastAnswer) > longestSilence:
			h.Logf("the lifecycle hook %s could not be completed for %s: %v", h.Name, longestSilence, err)
			return
		case err != nil && !logged:
			logged = true
			h.Logf("the lifecycle hook %s is not completed yet: %v", h.Name, err)
		}
		if h.pause(ctx, h.Every) {
			return
		}
	}
}

// pause waits; true means that the time is over.
func (h *Hook) pause(ctx context.Context, pause time.Duration) bool {
	select {
	case why := <-h.Button:
		h.Logf("out of time: %s", why)
		return true
	case <-ctx.Done():
		return true
	case <-time.After(pause):
		return false
	}
}
