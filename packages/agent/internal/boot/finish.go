package boot

import (
	"context"
	"errors"
	"fmt"
	"time"

	"i2kit.dev/agent/internal/aws"
	"i2kit.dev/agent/internal/contract"
	"i2kit.dev/agent/internal/identity"
	"i2kit.dev/agent/internal/rollout"
	"i2kit.dev/agent/internal/termination"
	"i2kit.dev/agent/internal/userdata"
)

// fail reports a fault that prevents the pod from running, on the console and in the logs, and waits for the
// machine's end.
func (a *Agent) fail(ctx context.Context, why error, end <-chan termination.Cause) error {
	a.Logf("the pod cannot run: %v", why)
	document := a.saved.Document
	var invalid *userdata.Invalid
	if errors.As(why, &invalid) {
		document = invalid.Salvaged
	}
	if document == nil {
		a.Logf("the stack cannot be told: the user data does not name it")
	}
	var r *rollout.Rollout
	if document != nil {
		r = &rollout.Rollout{
			Document: document, Instance: a.saved.Machine.InstanceID, Cloud: a.client(document), Logf: a.Logf,
			Signalled: a.saved.Signalled, SaveSignal: func(status string) { a.updateState(func(k *savedState) { k.Signalled = status }) },
		}
		r.Fail(ctx, fmt.Sprint(why))
	}
	if a.saved.Payload != nil && a.saved.Payload.Job != nil {
		a.awaitMinUptime(ctx, end)
		return a.shutDown(ctx, nil)
	}
	for {
		select {
		case cause := <-end:
			a.Logf("the machine ends: %s", cause.Reason)
			return a.shutDown(ctx, nil)
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(lingering):
			// A stack that waited would have deleted the machine by now. If none did, another machine may succeed.
			if r != nil {
				a.Logf("this machine is unhealthy and asks to be replaced")
				if err := r.Cloud.SetUnhealthy(ctx, r.Instance); err != nil {
					a.Logf("it could not be marked unhealthy: %v", err)
				}
			}
		}
	}
}

// MinUptime is the minimal uptime of a job's machine.
const MinUptime = time.Minute

// lingering is how long a machine that cannot run its pod stays up for inspection.
const lingering = 10 * time.Minute

// shutDown shuts the machine down: it stops the pod while the group waits, releases disks, and writes the last log
// lines.
func (a *Agent) shutDown(ctx context.Context, stop func()) error {
	k := a.saved
	known := k != nil && k.Document != nil && a.cloud != nil
	if known {
		hook := a.lifecycleHook()
		beating, still := context.WithCancel(ctx)
		beats := make(chan struct{})
		go func() { hook.Hold(beating); close(beats) }()
		if stop != nil {
			stop()
		}
		if ctx.Err() != nil {
			// Another agent continues from here.
			still()
			return ctx.Err()
		}
		if k.Payload != nil {
			for name := range k.Launches {
				a.Containers.Remove(name)
			}
			// A disk that cannot be released must not keep the machine up.
			releasing, enough := context.WithTimeout(ctx, time.Minute)
			a.volumes().Release(releasing, &k.Payload.Pod)
			enough()
		}
		a.Logf("the machine shuts down")
		a.logs.end()
		still()
		<-beats
		hook.Complete(ctx)
		a.leaveGroup(ctx)
		if ctx.Err() != nil {
			return ctx.Err()
		}
	}
	return a.System.PowerOff()
}

func (a *Agent) lifecycleHook() *termination.Hook {
	k := a.saved
	return &termination.Hook{
		Group: a.cloud, Name: contract.Or(k.Document.LifecycleHook, ""), Instance: k.Machine.InstanceID, Every: a.Every, Button: a.button, Logf: a.Logf,
	}
}

// leaveGroup removes the machine of a scheduled job from its group; the machine of any other job is in none. A group
// that still counts a machine that is off launches another one, and the job would run again. So the call is retried
// until it succeeds.
func (a *Agent) leaveGroup(ctx context.Context) {
	if a.saved.Payload == nil || a.saved.Payload.Job == nil {
		return
	}
	instance, logged, start := a.saved.Machine.InstanceID, false, time.Now()
	for pause := time.Second; ; pause = min(2*pause, time.Minute) {
		member, err := a.cloud.Membership(ctx, instance)
		if err == nil && !member.IsServing() {
			return
		}
		if err == nil && member.State != aws.Terminating {
			err = a.cloud.TerminateInGroup(ctx, instance)
		}
		if err == nil || ctx.Err() != nil {
			return
		}
		if !logged {
			logged = true
			a.Logf("the machine has not left its group yet: %v", err)
		}
		if state, err := a.Metadata.TargetState(ctx); err == nil && state == "" && time.Since(start) > lingering {
			// AWS does not answer, and the metadata of a machine outside of a group has no such state.
			return
		}
		select {
		case why := <-a.button:
			a.Logf("the machine ends before it could leave its group: %s", why)
			return
		case <-ctx.Done():
			return
		case <-time.After(pause):
		}
	}
}

func podName(k *savedState) string {
	return identity.Of(&k.Payload.Pod, k.Machine.InstanceID, k.Machine.Addresses).Name
}
