package rollout

import (
	"context"
	"fmt"
	"time"

	"i2kit.dev/agent/internal/pod"
)

const (
	// mostUnhealthy is how often in a row a probe may end a container before the machine is given up.
	mostUnhealthy = 3
	// again is the delay before a machine that was given up, and still exists, is given up again.
	again = 10 * time.Minute
)

// replaceUnhealthy watches a machine that is up, until the context ends.
func (r *Rollout) replaceUnhealthy(ctx context.Context, of Pod) {
	var unready, given time.Time
	was := r.Signalled == Success
	for {
		changed := of.Changed()
		status := of.Status()
		was = was || status.Ready
		switch {
		case status.Ready || status.Phase == pod.Stopping:
			unready = time.Time{}
		case unready.IsZero() && was:
			unready = time.Now()
		}
		pause := time.Hour
		why := unhealthy(status)
		if limit := r.Spec.ReplaceUnreadySeconds; why == "" && limit != nil && !unready.IsZero() {
			if pause = time.Until(unready.Add(seconds(*limit))); pause <= 0 {
				why = fmt.Sprintf("the pod has not been ready for %d seconds: %s", *limit, status.Reason)
				pause = time.Hour
			}
		}
		if why != "" && status.Phase != pod.Stopping {
			if since := time.Since(given); given.IsZero() || since >= again {
				r.markUnhealthy(ctx, why)
				given = time.Now()
			}
			pause = min(pause, time.Until(given.Add(again)))
		}
		select {
		case <-changed:
		case <-time.After(max(pause, time.Millisecond)):
		case <-ctx.Done():
			return
		}
	}
}

func unhealthy(status pod.Status) string {
	for _, container := range status.Containers {
		if container.Unhealthy >= mostUnhealthy {
			return fmt.Sprintf("the container %s was ended by its probes %d times in a row", container.Name, container.Unhealthy)
		}
	}
	return ""
}

func (r *Rollout) markUnhealthy(ctx context.Context, why string) {
	r.Logf("this machine is unhealthy and asks to be replaced: %s", why)
	if err := r.Cloud.SetUnhealthy(ctx, r.Instance); err != nil {
		r.Logf("it could not be marked unhealthy: %v", err)
	}
}
