package pod

import (
	"context"
	"fmt"
	"sync"
	"time"

	"i2kit.dev/agent/internal/contract"
	"i2kit.dev/agent/internal/shim"
)

type kind int

const (
	regular kind = iota
	initial
	sidecar
)

// container runs one container, and restarts it if its policy says so.
type container struct {
	pod     *Pod
	spec    contract.Container
	kind    kind
	backoff backoff
	status  Container // guarded by the pod's lock

	stop  chan struct{} // closed to end the container
	once  sync.Once
	begun bool // guarded by the pod's lock
	ended chan struct{}
}

func newContainer(p *Pod, spec contract.Container, of kind) *container {
	c := &container{pod: p, spec: spec, kind: of, stop: make(chan struct{}), ended: make(chan struct{})}
	var restarts int
	restarts, c.backoff.wait = p.Memory.of(spec.Name)
	c.status = Container{Name: spec.Name, Restarts: restarts}
	return c
}

func (c *container) askToStop() { c.once.Do(func() { close(c.stop) }) }

// awaitEnd waits until it has ended; a container that never began has.
func (c *container) awaitEnd() {
	c.pod.mu.Lock()
	begun := c.begun
	c.pod.mu.Unlock()
	if begun {
		<-c.ended
	}
}

func (c *container) isStopping() bool {
	select {
	case <-c.stop:
		return true
	default:
		return false
	}
}

// begin runs it concurrently.
func (c *container) begin(ctx context.Context) {
	c.pod.mu.Lock()
	c.begun = true
	c.pod.mu.Unlock()
	go c.run(ctx)
}

func (c *container) run(ctx context.Context) {
	defer close(c.ended)
	running, found := c.pod.Machine.Find(c.spec.Name)
	for !c.isStopping() {
		exit, unhealthy := c.live(ctx, running, found)
		if ctx.Err() != nil {
			return
		}
		running, found = nil, false
		ran := exit.FinishedAt.Sub(exit.StartedAt)
		c.change(func(s *Container) {
			s.Running, s.Started, s.Ready, s.LastExit = false, false, false, &exit
			s.Message = Describe(exit)
			switch {
			case unhealthy:
				s.Unhealthy++
			case ran > enough:
				s.Unhealthy = 0
			}
		})
		if c.isStopping() || !c.restarts(exit) {
			c.tellEnd(exit, "")
			return
		}
		pause := c.backoff.next(ran)
		c.change(func(s *Container) { s.Restarts++; s.NextStart = time.Now().Add(pause) })
		c.pod.Memory.restarted(c.spec.Name, c.status.Restarts, c.backoff.wait)
		if c.overBackoffLimit() {
			c.tellEnd(exit, "")
			return
		}
		c.tellEnd(exit, fmt.Sprintf("; started again %s (restart %d)", in(pause), c.status.Restarts))
		select {
		case <-time.After(pause):
		case <-c.stop:
		case <-ctx.Done():
			return
		}
		c.change(func(s *Container) { s.NextStart = time.Time{} })
	}
}

// overBackoffLimit ends a job whose containers have been restarted in place too often.
func (c *container) overBackoffLimit() bool {
	return c.pod.Job != nil && c.kind != sidecar && int64(c.status.Restarts) > c.pod.Job.BackoffLimit
}

// restarts reports whether the container is restarted after such an exit.
func (c *container) restarts(exit shim.Exit) bool {
	policy := contract.Or(c.spec.RestartPolicy, contract.Or(c.pod.Pod.RestartPolicy, "Always"))
	switch {
	case c.kind == sidecar:
		return true
	case policy == "Never":
		return false
	case c.kind == initial, policy == "OnFailure":
		return exit.Code != 0
	}
	return true
}

func (c *container) tellEnd(exit shim.Exit, then string) {
	failed := exit.Code != 0
	words := c.pod.Machine.LastWords(c.spec.Name, failed)
	if words != "" {
		words = "; termination message: " + words
	}
	if c.isStopping() {
		c.pod.Logf("container %s stopped: %s%s", c.spec.Name, Describe(exit), words)
		return
	}
	c.pod.Logf("container %s ended: %s, after %s%s%s", c.spec.Name, Describe(exit), exit.FinishedAt.Sub(exit.StartedAt).Round(100*time.Millisecond), then, words)
}

func in(pause time.Duration) string {
	if pause == 0 {
		return "at once"
	}
	return "in " + pause.String()
}

// live starts the container (or takes over a running one), probes it, and waits for its end, which a probe, a hook or
// the pod may cause.
func (c *container) live(ctx context.Context, running Running, found bool) (exit shim.Exit, unhealthy bool) {
	if !found {
		var err error
		if running, err = c.pod.Machine.Start(ctx, c.spec.Name); err != nil {
			now := time.Now()
			return shim.Exit{Code: 128, Error: err.Error(), StartedAt: now, FinishedAt: now}, false
		}
	}
	c.change(func(s *Container) { s.Running = true; s.Message = "" })
	inner, cancel := context.WithCancel(ctx)
	defer cancel()
	kill := make(chan order, 4)
	go c.watch(inner, running, found, kill)
	select {
	case <-ctx.Done():
		// The agent ends; the container does not.
		return shim.Exit{}, false
	case <-running.Done():
	case <-c.stop:
		c.terminate(ctx, running, c.pod.remaining())
	case order := <-kill:
		unhealthy = order.unhealthy
		c.pod.Logf("container %s is ended: %s", c.spec.Name, order.why)
		c.terminate(ctx, running, order.grace)
	}
	return running.Exit(), unhealthy
}

// order is a request to end a container.
type order struct {
	why       string
	grace     time.Duration
	unhealthy bool
}

// leastGrace is the least time between the stop signal and SIGKILL, even after a long preStop or with a short grace
// period.
const leastGrace = 2 * time.Second

// terminate asks a container to end, and kills it after its grace period.
func (c *container) terminate(ctx context.Context, running Running, grace time.Duration) {
	deadline := time.Now().Add(grace)
	select {
	case <-running.Done():
		return
	default:
	}
	if c.spec.PreStop != nil && grace > 0 {
		limited, cancel := context.WithDeadline(ctx, deadline)
		done := make(chan error, 1)
		go func() { done <- c.pod.Hook(limited, c.spec.Name, *c.spec.PreStop) }()
		select {
		case err := <-done:
			if err != nil {
				c.pod.Logf("container %s: preStop: %v", c.spec.Name, err)
			}
		case <-running.Done():
		}
		cancel()
	}
	if err := c.pod.Machine.Signal(c.spec.Name, c.signal()); err != nil && !isDone(running) {
		c.pod.Logf("container %s: %v", c.spec.Name, err)
	}
	left := max(time.Until(deadline), leastGrace)
	select {
	case <-running.Done():
		return
	case <-time.After(left):
	}
	c.pod.Logf("container %s did not end within its grace period: SIGKILL", c.spec.Name)
	if err := c.pod.Machine.Kill(c.spec.Name); err != nil && !isDone(running) {
		c.pod.Logf("container %s: %v", c.spec.Name, err)
	}
	select {
	case <-running.Done():
	case <-time.After(10 * time.Second):
		// A process that the kernel blocks cannot be killed; it ends with the machine.
		c.pod.Machine.Remove(c.spec.Name)
		<-running.Done()
	}
}

func isDone(running Running) bool {
	select {
	case <-running.Done():
		return true
	default:
		return false
	}
}

func (c *container) signal() string {
	if signal := c.pod.StopSignals[c.spec.Name]; signal != "" {
		return signal
	}
	return contract.Or(c.spec.StopSignal, "SIGTERM")
}
