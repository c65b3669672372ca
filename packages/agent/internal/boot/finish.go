package boot

import (
	"context"
	"errors"
	"fmt"
	"time"

	"i2kit.dev/agent/internal/contract"
	"i2kit.dev/agent/internal/identity"
	"i2kit.dev/agent/internal/rollout"
	"i2kit.dev/agent/internal/termination"
	"i2kit.dev/agent/internal/userdata"
)

// fail tells of a fault that keeps the pod from running, and waits for the machine's end: its console and logs say why.
func (a *Agent) fail(ctx context.Context, why error, end <-chan string) error {
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
			Document: document, Instance: a.saved.Machine.InstanceID, Cloud: client(document, a.Metadata), Logf: a.Logf,
			Signalled: a.saved.Signalled, SaveSignal: func(status string) { a.updateState(func(k *savedState) { k.Signalled = status }) },
		}
		r.Fail(ctx, fmt.Sprint(why))
	}
	if a.saved.Payload != nil && a.saved.Payload.Job != nil {
		return a.shutDown(ctx, nil)
	}
	for {
		select {
		case why := <-end:
			a.Logf("the machine ends: %s", why)
			return a.shutDown(ctx, nil)
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(lingering):
			// A stack that waited would have taken the machine away by now. Where none did, another machine may fare better.
			if r != nil {
				a.Logf("this machine is inputs up, to be replaced")
				if err := r.Cloud.SetUnhealthy(ctx, r.Instance); err != nil {
					a.Logf("it could not be inputs up: %v", err)
				}
			}
		}
	}
}

// lingering is how long a machine that cannot run its pod stays to be looked at.
const lingering = 10 * time.Minute

// shutDown takes the machine down: what runs is stopped while the group is kept waiting, disks are let go, the last lines are written.
func (a *Agent) shutDown(ctx context.Context, stop func()) error {
	k := a.saved
	known := k != nil && k.Document != nil && a.cloud != nil
	if known {
		hook := &termination.Hook{Group: a.cloud, Name: contract.Or(k.Document.LifecycleHook, ""), Instance: k.Machine.InstanceID, Logf: a.Logf}
		beating, still := context.WithCancel(ctx)
		beats := make(chan struct{})
		go func() { hook.Hold(beating); close(beats) }()
		if stop != nil {
			stop()
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
		completing, enough := context.WithTimeout(ctx, 30*time.Second)
		hook.Complete(completing)
		a.leaveGroup(completing)
		enough()
	}
	return a.System.PowerOff()
}

// leaveGroup takes the machine of a scheduled job out of its group. The machine of any other job is in none.
func (a *Agent) leaveGroup(ctx context.Context) {
	if a.saved.Payload == nil || a.saved.Payload.Job == nil {
		return
	}
	instance := a.saved.Machine.InstanceID
	if group, err := a.cloud.GroupOf(ctx, instance); err != nil || group == "" {
		return
	}
	if err := a.cloud.TerminateInGroup(ctx, instance); err != nil {
		a.Logf("the machine could not leave its group: %v", err)
	}
}

func podName(k *savedState) string {
	return identity.Of(&k.Payload.Pod, k.Machine.InstanceID, k.Machine.Addresses).Name
}
