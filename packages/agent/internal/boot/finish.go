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

// fail tells of a fault that keeps the pod from running, and waits for the machine's end: its console and logs say why.
func (a *Agent) fail(ctx context.Context, why error, end <-chan termination.Cause) error {
	a.Logf("the pod cannot run: %v", why)
	document := a.saved.Document
	var invalid *userdata.Invalid
	if errors.As(why, &invalid) {
		document = invalid.Salvaged
	}
	if document == nil {
		a.Logf("nobody can be told, for the user data does not say whom")
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
			// A stack that waited would have taken the machine away by now. Where none did, another machine may fare better.
			if r != nil {
				a.Logf("this machine is given up, to be replaced")
				if err := r.Cloud.SetUnhealthy(ctx, r.Instance); err != nil {
					a.Logf("it could not be given up: %v", err)
				}
			}
		}
	}
}

// MinUptime is how long the machine of a job stays at the least.
const MinUptime = time.Minute

// lingering is how long a machine that cannot run its pod stays to be looked at.
const lingering = 10 * time.Minute

// shutDown takes the machine down: it stops the pod while the group is kept waiting, releases disks, and writes the last log lines.
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
			// Another agent goes on from here.
			still()
			return ctx.Err()
		}
		if k.Payload != nil {
			for name := range k.Launches {
				a.Containers.Remove(name)
			}
			// A disk that cannot be let go must not keep the machine.
			releasing, enough := context.WithTimeout(ctx, time.Minute)
			a.volumes().Release(releasing, &k.Payload.Pod)
			enough()
		}
		a.Logf("the machine is done")
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

// leaveGroup takes the machine of a scheduled job out of its group; the machine of any other job is in none. A group whose machine is gone while
// it still counts it starts another one, and the job would run again: so it is tried until it is taken.
func (a *Agent) leaveGroup(ctx context.Context) {
	if a.saved.Payload == nil || a.saved.Payload.Job == nil {
		return
	}
	instance, said, begun := a.saved.Machine.InstanceID, false, time.Now()
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
		if !said {
			said = true
			a.Logf("the machine has not left its group yet: %v", err)
		}
		if state, err := a.Metadata.TargetState(ctx); err == nil && state == "" && time.Since(begun) > lingering {
			// AWS does not answer, and the metadata of a machine in no group has no such state.
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
