package pod

import (
	"fmt"
	"time"

	"i2kit.dev/agent/internal/shim"
)

// Container is the status of a container.
type Container struct {
	Name     string
	Running  bool
	Started  bool // its startup probe has passed and its postStart has ended
	Ready    bool
	Restarts int
	// Unhealthy counts how many times in a row a liveness or startup probe has ended it.
	Unhealthy int
	// NextStart is the time of the next start; zero means that none is scheduled.
	NextStart time.Time
	LastExit  *shim.Exit
	Message   string // why it is not ready
}

// Status is the status of the pod.
type Status struct {
	Phase      Phase
	Ready      bool
	Reason     string // why it is not ready
	Containers []Container
}

// Status returns the current status of the pod.
func (p *Pod) Status() Status {
	p.mu.Lock()
	defer p.mu.Unlock()
	found := Status{Phase: p.phase, Ready: p.readyLocked()}
	for _, c := range p.containers {
		if c.kind == initial && p.phase != Initializing {
			continue
		}
		found.Containers = append(found.Containers, c.status)
	}
	if !found.Ready {
		found.Reason = p.whyNotLocked()
	}
	return found
}

func (p *Pod) readyLocked() bool {
	if p.phase != Up {
		return false
	}
	for _, c := range p.containers {
		if c.kind != initial && !c.status.Ready {
			return false
		}
	}
	return true
}

func (p *Pod) whyNotLocked() string {
	switch p.phase {
	case Stopping:
		return "it is stopping: " + p.reason
	case Ended:
		return "it has ended"
	}
	for _, c := range p.containers {
		switch {
		case c.kind == initial && p.phase == Initializing && c.status.Running:
			return fmt.Sprintf("the init container %s runs", c.spec.Name)
		case c.kind == initial && (c.status.LastExit == nil || c.status.LastExit.Code == 0), c.status.Ready:
		case c.status.Message != "":
			return fmt.Sprintf("%s: %s", c.spec.Name, c.status.Message)
		case !c.status.Running && c.kind != initial:
			return fmt.Sprintf("%s does not run", c.spec.Name)
		case !c.status.Started && c.kind != initial:
			return fmt.Sprintf("%s has not started yet", c.spec.Name)
		case c.kind != initial:
			return fmt.Sprintf("%s has not been ready yet", c.spec.Name)
		}
	}
	return string(p.phase)
}

// Changed is closed at the next change of the status.
func (p *Pod) Changed() <-chan struct{} {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.changed
}

func (p *Pod) tellLocked() {
	close(p.changed)
	p.changed = make(chan struct{})
	if ready := p.readyLocked(); ready != p.ready {
		p.ready = ready
		if ready {
			p.Logf("the pod is ready")
		} else {
			p.Logf("the pod is not ready: %s", p.whyNotLocked())
		}
	}
}

// change changes a container's status and notifies watchers.
func (c *container) change(what func(*Container)) {
	c.pod.mu.Lock()
	defer c.pod.mu.Unlock()
	what(&c.status)
	c.pod.tellLocked()
}

func (c *container) isStarted() bool {
	c.pod.mu.Lock()
	defer c.pod.mu.Unlock()
	return c.status.Started
}

// failed reports whether its last exit was a failure.
func (c *container) failed() bool {
	c.pod.mu.Lock()
	defer c.pod.mu.Unlock()
	return c.status.LastExit == nil || c.status.LastExit.Code != 0
}

func (c *container) lastExit() string {
	c.pod.mu.Lock()
	defer c.pod.mu.Unlock()
	if c.status.LastExit == nil {
		return "it never ran"
	}
	return Describe(*c.status.LastExit)
}

// Describe says how a container ended.
func Describe(exit shim.Exit) string {
	switch {
	case exit.Error != "":
		return exit.Error
	case exit.OOMKilled:
		return fmt.Sprintf("exit code %d, out of memory", exit.Code)
	case exit.Signal != "":
		return fmt.Sprintf("exit code %d (%s)", exit.Code, exit.Signal)
	}
	return fmt.Sprintf("exit code %d", exit.Code)
}
