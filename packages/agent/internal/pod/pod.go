// Package pod runs one pod as a kubelet would: init containers in order, sidecars, probes, restarts with back-off,
// hooks and grace periods. It knows neither runc nor AWS; a Machine does the work.
package pod

import (
	"context"
	"fmt"
	"sync"
	"time"

	"i2kit.dev/agent/internal/contract"
	"i2kit.dev/agent/internal/probe"
	"i2kit.dev/agent/internal/shim"
)

// Running is a container that was started.
type Running interface {
	StartedAt() time.Time
	Done() <-chan struct{}
	Exit() shim.Exit
}

// Machine runs containers.
type Machine interface {
	Start(ctx context.Context, name string) (Running, error)
	Find(name string) (Running, bool)
	Signal(name, signal string) error
	Kill(name string) error
	Remove(name string)
	LastWords(name string, failed bool) string
}

// Options configure a pod's run.
type Options struct {
	Pod         contract.Pod
	Job         *contract.Job
	Machine     Machine
	Check       func(container string, check contract.Check) probe.Check
	Hook        func(ctx context.Context, container string, hook contract.Hook) error
	StopSignals map[string]string // by container
	Logf        func(format string, values ...any)
	Memory      *Memory
}

// Pod is a running pod.
type Pod struct {
	Options
	grace time.Duration

	mu         sync.Mutex
	changed    chan struct{}
	containers []*container
	phase      Phase
	stopping   chan struct{}
	reason     string
	deadline   time.Time // end of the stop's grace period
	ready      bool
}

// Phase is the pod's progress.
type Phase string

// The phases, in their order.
const (
	Initializing Phase = "initializing"
	Up           Phase = "up"
	Stopping     Phase = "stopping"
	Ended        Phase = "ended"
)

// Outcome says how a pod ended or was stopped.
type Outcome struct {
	Succeeded bool
	Stopped   bool // it ended because it was asked to
	Reason    string
}

const usualGrace = 30

// New makes a pod; Run runs it.
func New(options Options) *Pod {
	if options.Memory == nil {
		options.Memory = &Memory{}
	}
	return &Pod{
		Options:  options,
		grace:    seconds(contract.Or(options.Pod.TerminationGracePeriodSeconds, usualGrace)),
		changed:  make(chan struct{}),
		phase:    Initializing,
		stopping: make(chan struct{}),
	}
}

func seconds(n int64) time.Duration { return time.Duration(n) * time.Second }

// Run runs the pod until it has ended or was stopped, and none of its containers runs any more. The context's end is
// the agent's: the containers continue.
func (p *Pod) Run(ctx context.Context) Outcome {
	if limit := p.Pod.ActiveDeadlineSeconds; limit != nil {
		timer := time.AfterFunc(seconds(*limit), func() { p.Stop(fmt.Sprintf("it ran longer than %d seconds", *limit)) })
		defer timer.Stop()
	}
	for try := int64(0); ; try++ {
		outcome := p.once(ctx)
		if ctx.Err() != nil {
			return Outcome{Stopped: true, Reason: "the agent ends"}
		}
		if p.isStopping() {
			outcome.Stopped, outcome.Reason = true, p.reason
		}
		limit := int64(0)
		if p.Job != nil {
			limit = p.Job.BackoffLimit
		}
		if outcome.Stopped || outcome.Succeeded || try >= limit || p.restartsInPlace() {
			p.setPhase(Ended)
			return outcome
		}
		pause := podBackoff(try)
		p.Logf("the pod failed (%s); it is started again in %s (%d of %d)", outcome.Reason, pause, try+1, limit)
		p.Memory.forget()
		select {
		case <-time.After(pause):
		case <-p.stopping:
		case <-ctx.Done():
		}
	}
}

// restartsInPlace reports whether failed containers are restarted, and not the pod.
func (p *Pod) restartsInPlace() bool { return contract.Or(p.Pod.RestartPolicy, "Always") != "Never" }

// once runs all containers of the pod once.
func (p *Pod) once(ctx context.Context) Outcome {
	p.mu.Lock()
	p.containers = nil
	for _, spec := range p.Pod.InitContainers {
		kind := initial
		if contract.Or(spec.RestartPolicy, "") == "Always" {
			kind = sidecar
		}
		p.containers = append(p.containers, newContainer(p, spec, kind))
	}
	for _, spec := range p.Pod.Containers {
		p.containers = append(p.containers, newContainer(p, spec, regular))
	}
	all := p.containers
	p.mu.Unlock()
	p.setPhase(Initializing)

	outcome := p.initialize(ctx, all)
	if outcome.Reason == "" && !p.isStopping() {
		p.setPhase(Up)
		outcome = p.runRegular(ctx, all)
	}
	if ctx.Err() == nil {
		p.stopAll(all)
	}
	return outcome
}

// initialize runs the init containers and sidecars; an empty reason means success.
func (p *Pod) initialize(ctx context.Context, all []*container) Outcome {
	for _, c := range all {
		switch c.kind {
		case initial:
			if p.Memory.isDone(c.spec.Name) {
				continue
			}
			c.begin(ctx)
			select {
			case <-c.ended:
			case <-p.stopping:
				return Outcome{Reason: "it was stopped"}
			}
			if c.failed() {
				return Outcome{Reason: fmt.Sprintf("the init container %s failed: %s", c.spec.Name, c.lastExit())}
			}
			p.Memory.done(c.spec.Name)
		case sidecar:
			c.begin(ctx)
			if !p.await(ctx, c.isStarted) {
				return Outcome{Reason: "it was stopped"}
			}
		}
	}
	return Outcome{}
}

func (p *Pod) runRegular(ctx context.Context, all []*container) Outcome {
	for _, c := range all {
		if c.kind == regular {
			c.begin(ctx)
		}
	}
	outcome := Outcome{Succeeded: true, Reason: "all its containers ended"}
	for _, c := range all {
		if c.kind != regular {
			continue
		}
		select {
		case <-c.ended:
		case <-p.stopping:
			return Outcome{Reason: "it was stopped"}
		}
		if c.failed() {
			outcome = Outcome{Reason: fmt.Sprintf("the container %s failed: %s", c.spec.Name, c.lastExit())}
			if p.Job != nil && contract.Or(c.spec.RestartPolicy, contract.Or(p.Pod.RestartPolicy, "Always")) != "Never" {
				return outcome
			}
		}
	}
	return outcome
}

// stopAll ends the running containers: all but the sidecars together, then the sidecars in reverse order.
func (p *Pod) stopAll(all []*container) {
	p.mu.Lock()
	if p.deadline.IsZero() {
		p.deadline = time.Now().Add(p.grace)
	}
	p.mu.Unlock()
	for _, c := range all {
		if c.kind != sidecar {
			c.askToStop()
		}
	}
	for _, c := range all {
		if c.kind != sidecar {
			c.awaitEnd()
		}
	}
	for index := len(all) - 1; index >= 0; index-- {
		if all[index].kind == sidecar {
			all[index].askToStop()
			all[index].awaitEnd()
		}
	}
	p.mu.Lock()
	if !p.isStoppingLocked() {
		p.deadline = time.Time{}
	}
	p.mu.Unlock()
}

// Stop ends the pod: not ready from now on, preStop, the stop signal, the rest of the grace period, SIGKILL.
func (p *Pod) Stop(reason string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.isStoppingLocked() {
		return
	}
	p.reason = reason
	p.deadline = time.Now().Add(p.grace)
	if p.phase != Ended {
		p.phase = Stopping
	}
	close(p.stopping)
	p.tellLocked()
}

func (p *Pod) isStopping() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.isStoppingLocked()
}

func (p *Pod) isStoppingLocked() bool {
	select {
	case <-p.stopping:
		return true
	default:
		return false
	}
}

// remaining is the rest of the grace period; the last containers to stop get a moment, too.
func (p *Pod) remaining() time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.grace == 0 {
		return 0
	}
	return max(time.Until(p.deadline), leastGrace)
}

func (p *Pod) setPhase(phase Phase) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.isStoppingLocked() && phase != Ended {
		phase = Stopping
	}
	p.phase = phase
	p.tellLocked()
}

// await waits until a condition holds; false means that the pod was stopped first.
func (p *Pod) await(ctx context.Context, holds func() bool) bool {
	for {
		changed := p.Changed()
		if holds() {
			return true
		}
		select {
		case <-changed:
		case <-p.stopping:
			return false
		case <-ctx.Done():
			return false
		}
	}
}
