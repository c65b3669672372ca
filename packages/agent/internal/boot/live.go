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
)

// runPod runs the pod until it or the machine ends.
func (a *Agent) runPod(ctx context.Context, server *health.Server, end <-chan string) error {
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

	watching, stop := context.WithCancel(ctx)
	defer stop()
	r := a.rollout()
	if k.Payload.Job != nil {
		return a.runJob(ctx, p, r, done, end)
	}
	go r.Watch(watching, p)
	if contract.Or(k.Payload.MemoryMetric, false) {
		go a.publishMemory(watching)
	}
	leave := a.keepRecords(watching, p)
	for {
		select {
		case outcome := <-done:
			a.Logf("the pod has ended: %s", outcome.Reason)
			done = nil
		case why := <-end:
			a.Logf("the machine ends: %s", why)
			// The end of the machine is not a failure of its rollout.
			stop()
			return a.shutDown(ctx, func() {
				// Nobody is sent here any more before the pod is told to stop.
				leave(ctx)
				p.Stop(why)
				if done != nil {
					<-done
				}
			})
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// keepRecords keeps this machine's address in the records of headless Services; what it returns takes it out, once the context has ended.
func (a *Agent) keepRecords(ctx context.Context, of records.Pod) func(context.Context) {
	k := a.saved
	if len(k.Document.Records) == 0 {
		return func(context.Context) {}
	}
	keeper := &records.Keeper{Records: k.Document.Records, Address: k.Machine.Addresses[0], Cloud: a.cloud, Logf: a.Logf, Every: time.Minute}
	gone := make(chan struct{})
	go func() { keeper.Watch(ctx, of); close(gone) }()
	return func(ctx context.Context) {
		<-gone
		ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
		defer cancel()
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

// runJob waits for the pod's end, which is its success or failure, and ends the machine with it.
func (a *Agent) runJob(ctx context.Context, p *pod.Pod, r *rollout.Rollout, done <-chan pod.Outcome, end <-chan string) error {
	late := time.AfterFunc(time.Until(a.deadline()), func() { p.Stop("it did not end before its deadline") })
	defer late.Stop()
	stopped := false
	for {
		select {
		case outcome := <-done:
			switch {
			case stopped:
			case outcome.Succeeded && !outcome.Stopped:
				r.Succeed(ctx, "every container has ended with 0")
			default:
				r.Fail(ctx, outcome.Reason)
			}
			return a.shutDown(ctx, nil)
		case why := <-end:
			a.Logf("the machine ends: %s", why)
			stopped = true
			p.Stop(why)
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// shipLogs begins to bring output to the logs: the containers', and what the agent says.
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

// agentStream is what the agent says; no container can have that name.
const agentStream = "@agent"
