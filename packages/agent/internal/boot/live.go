package boot

import (
	"context"
	"time"

	"i2kit.dev/agent/internal/aws"
	"i2kit.dev/agent/internal/contract"
	"i2kit.dev/agent/internal/credentials"
	"i2kit.dev/agent/internal/health"
	"i2kit.dev/agent/internal/logs"
	"i2kit.dev/agent/internal/pod"
	"i2kit.dev/agent/internal/records"
	"i2kit.dev/agent/internal/rollout"
	"i2kit.dev/agent/internal/termination"
)

// runPod runs the pod until the pod or the machine ends.
func (a *Agent) runPod(ctx context.Context, server *health.Server, end <-chan termination.Cause) error {
	k := a.saved
	a.Containers.Prepare(k.Launches)
	if role := k.Document.Role; role != nil {
		roles := credentials.Serve(a.Roles, k.Token, func(ctx context.Context) (*aws.Credentials, error) {
			return a.cloud.AssumeRole(ctx, *role, k.Machine.InstanceID)
		}, a.Logf)
		defer roles.Close()
	}
	k.Memory.Save = func(*pod.Memory) { a.updateState(func(*savedState) {}) }
	p := pod.New(pod.Options{
		Pod: k.Payload.Pod, Job: k.Payload.Job, Machine: a.Containers, Check: a.check, Hook: a.hook, StopSignals: k.StopSignals, Logf: a.Logf, Memory: k.Memory,
	})
	server.Tell(func() (bool, string) {
		status := p.Status()
		return status.Ready, status.Reason
	})
	done := make(chan pod.Outcome, 1)
	go func() { done <- p.Run(ctx) }()

	r := a.rollout()
	if k.Payload.Job != nil {
		return a.runJob(ctx, p, r, done, end)
	}
	judging, stopJudging := context.WithCancel(ctx)
	defer stopJudging()
	serving, stopServing := context.WithCancel(ctx)
	defer stopServing()
	go r.Watch(judging, p)
	if contract.Or(k.Payload.MemoryMetric, false) {
		go a.publishMemory(serving)
	}
	leave := a.keepRecords(serving, p)
	for {
		select {
		case outcome := <-done:
			a.Logf("the pod has ended: %s", outcome.Reason)
			done = nil
		case cause := <-end:
			a.Logf("the machine ends: %s", cause.Reason)
			// The end of the machine is not a failure of its rollout.
			stopJudging()
			if cause.ByGroup {
				a.lifecycleHook().AwaitDrained(ctx)
			}
			if ctx.Err() != nil {
				// The next agent continues from here.
				return ctx.Err()
			}
			stopServing()
			return a.shutDown(ctx, func() {
				// Clients are no longer sent here before the pod is told to stop.
				leave(ctx)
				p.Stop(cause.Reason)
				if done != nil {
					<-done
				}
			})
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// keepRecords keeps this machine's address in the records of headless Services. The returned function, called after
// the context has ended, removes the address and waits until no resolver caches it any more.
func (a *Agent) keepRecords(ctx context.Context, of records.Pod) func(context.Context) {
	k := a.saved
	if len(k.Document.Records) == 0 {
		return func(context.Context) {}
	}
	keeper := &records.Keeper{Records: k.Document.Records, Address: k.Machine.Addresses[0], Cloud: a.cloud, Logf: a.Logf, Every: a.RecordsEvery}
	gone := make(chan struct{})
	go func() { keeper.Watch(ctx, of); close(gone) }()
	return func(ctx context.Context) {
		<-gone
		keeper.Leave(ctx)
	}
}

func (a *Agent) rollout() *rollout.Rollout {
	k := a.saved
	return &rollout.Rollout{
		Document: k.Document, Spec: k.Payload.Rollout, Instance: k.Machine.InstanceID, Boot: a.System.Boot(), Cloud: a.cloud, Logf: a.Logf,
		Signalled: k.Signalled, SaveSignal: func(status string) { a.updateState(func(k *savedState) { k.Signalled = status }) },
	}
}

// runJob waits for the pod's end, reports its success or failure, and ends the machine.
func (a *Agent) runJob(ctx context.Context, p *pod.Pod, r *rollout.Rollout, done <-chan pod.Outcome, end <-chan termination.Cause) error {
	late := time.AfterFunc(time.Until(a.deadline()), func() { p.Stop("it did not end before its deadline") })
	defer late.Stop()
	stopped := false
	for {
		select {
		case outcome := <-done:
			switch {
			case stopped:
			case outcome.Succeeded && !outcome.Stopped:
				r.Succeed(ctx, "every container has ended with exit code 0")
			default:
				r.Fail(ctx, outcome.Reason)
			}
			if !stopped {
				a.awaitMinUptime(ctx, end)
			}
			return a.shutDown(ctx, nil)
		case cause := <-end:
			a.Logf("the machine ends: %s", cause.Reason)
			stopped = true
			p.Stop(cause.Reason)
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// awaitMinUptime keeps the machine of a very short job up: CloudFormation must see it running.
func (a *Agent) awaitMinUptime(ctx context.Context, end <-chan termination.Cause) {
	select {
	case <-time.After(time.Until(a.System.Boot().Add(a.MinUptime))):
	case <-end:
	case <-ctx.Done():
	}
}

// shipLogs starts to send the output of the containers and of the agent to CloudWatch.
func (a *Agent) shipLogs() {
	k := a.saved
	name := k.PodName
	if name == "" {
		name = podName(k)
	}
	flush, abort := context.WithCancel(context.Background())
	ctx, stop := context.WithCancel(flush)
	a.logs = &shipping{stop: stop, abort: abort}
	add := func(stream, folder string) {
		a.logs.done.Add(1)
		shipper := &logs.Shipper{Store: a.cloud, Group: k.Document.Logs, Stream: name + "/" + stream, Dir: folder, Logf: a.Logf}
		go shipper.Run(ctx, flush, &a.logs.done)
	}
	add(agentStream, a.Containers.LogBuffer(agentStream))
	for _, containers := range [][]contract.Container{k.Payload.Pod.InitContainers, k.Payload.Pod.Containers} {
		for _, container := range containers {
			add(container.Name, a.Containers.LogBuffer(container.Name))
		}
	}
}

// agentStream is the agent's own output; no container can have that name.
const agentStream = "@agent"
