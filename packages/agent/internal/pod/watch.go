package pod

import (
	"context"
	"fmt"
	"time"

	"i2kit.dev/agent/internal/contract"
	"i2kit.dev/agent/internal/probe"
)

// watch follows one run of a container: postStart, the startup probe, then liveness and readiness. It reports the
// reason if the container must end.
func (c *container) watch(ctx context.Context, running Running, found bool, kill chan<- order) {
	if c.kind == initial {
		return
	}
	if c.spec.PostStart != nil && !found {
		if err := c.pod.Hook(ctx, c.spec.Name, *c.spec.PostStart); err != nil {
			if ctx.Err() == nil {
				c.send(ctx, kill, order{why: fmt.Sprintf("postStart failed: %v", err), grace: c.pod.grace})
			}
			return
		}
	}
	if spec := c.spec.StartupProbe; spec != nil {
		passed := false
		c.ask(ctx, *spec, running.StartedAt(), probe.Always, func(result probe.Result) {
			if passed = result.OK; !passed {
				c.send(ctx, kill, order{why: "its startup probe failed: " + result.Message, grace: c.graceOf(*spec), unhealthy: true})
			}
		})
		if !passed {
			return
		}
	}
	if ctx.Err() != nil {
		return
	}
	c.change(func(s *Container) {
		s.Started = true
		s.Ready = c.spec.ReadinessProbe == nil
	})
	if spec := c.spec.LivenessProbe; spec != nil {
		go c.ask(ctx, *spec, running.StartedAt(), probe.OnFailure, func(result probe.Result) {
			if !result.OK && !c.pod.isStopping() {
				c.send(ctx, kill, order{why: "its liveness probe failed: " + result.Message, grace: c.graceOf(*spec), unhealthy: true})
			}
		})
	}
	if spec := c.spec.ReadinessProbe; spec != nil {
		c.ask(ctx, *spec, running.StartedAt(), probe.Never, func(result probe.Result) {
			c.change(func(s *Container) {
				// The container may have ended meanwhile.
				if ctx.Err() == nil && s.Running {
					s.Ready = result.OK
					s.Message = ""
					if !result.OK {
						s.Message = "its readiness probe failed: " + result.Message
					}
				}
			})
		})
	}
}

func (c *container) ask(ctx context.Context, spec contract.Probe, started time.Time, once func(probe.Result) bool, report func(probe.Result)) {
	probe.Run(ctx, spec, started, c.pod.Check(c.spec.Name, spec.Check), once, report)
}

func (c *container) send(ctx context.Context, kill chan<- order, what order) {
	select {
	case kill <- what:
	case <-ctx.Done():
	}
}

func (c *container) graceOf(spec contract.Probe) time.Duration {
	if spec.TerminationGracePeriodSeconds != nil {
		return seconds(*spec.TerminationGracePeriodSeconds)
	}
	return c.pod.grace
}
