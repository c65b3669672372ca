// Package rollout tells the stack whether this machine is up, and the group when the machine must be replaced.
package rollout

import (
	"context"
	"fmt"
	"time"

	"i2kit.dev/agent/internal/aws"
	"i2kit.dev/agent/internal/contract"
	"i2kit.dev/agent/internal/pod"
)

// Cloud is the part of AWS that is used here.
type Cloud interface {
	Signal(ctx context.Context, stack, resource, instance, status string) error
	GroupOf(ctx context.Context, instance string) (string, error)
	TargetGroups(ctx context.Context, group string) ([]string, error)
	TargetHealth(ctx context.Context, targetGroup, instance string) (aws.TargetHealth, error)
	SetUnhealthy(ctx context.Context, instance string) error
}

// Pod is the watched pod.
type Pod interface {
	Status() pod.Status
	Changed() <-chan struct{}
}

// Rollout is the rollout of one machine.
type Rollout struct {
	Document *contract.Document
	Spec     contract.Rollout
	Instance string
	Boot     time.Time
	Cloud    Cloud
	Logf     func(format string, values ...any)
	// Signalled is the status that an earlier agent signalled; SaveSignal saves the status of this one.
	Signalled  string
	SaveSignal func(status string)
}

// Statuses of a signal.
const (
	Success = "SUCCESS"
	Failure = "FAILURE"
)

func seconds(n int64) time.Duration { return time.Duration(n) * time.Second }

func (r *Rollout) deadline() time.Time { return r.Boot.Add(seconds(r.Spec.DeadlineSeconds)) }

// Watch follows the pod to SUCCESS or FAILURE. After that it marks the machine unhealthy when the pod is.
func (r *Rollout) Watch(ctx context.Context, of Pod) {
	if r.Signalled == "" {
		if why := r.awaitHealthy(ctx, of); why != "" {
			r.Fail(ctx, why)
		} else if ctx.Err() == nil {
			r.Succeed(ctx, fmt.Sprintf("the pod has been ready for %d seconds", r.Spec.MinReadySeconds))
		}
	}
	// After a FAILURE, too: no stack deletes a machine that was launched by scaling.
	r.replaceUnhealthy(ctx, of)
}

// awaitHealthy waits until the machine is up; a text is the reason why it never will be.
func (r *Rollout) awaitHealthy(ctx context.Context, of Pod) (failure string) {
	var since time.Time
	var targets []string
	why := "the pod has not been ready"
	for {
		changed := of.Changed()
		status := of.Status()
		pause := time.Until(r.deadline())
		switch {
		case status.Phase == pod.Stopping || status.Phase == pod.Ended:
			if status.Phase == pod.Ended {
				return "the pod has ended"
			}
			// The machine is ending, which is not a failure of this rollout.
			select {
			case <-changed:
				continue
			case <-ctx.Done():
				return ""
			}
		case !status.Ready:
			since, why = time.Time{}, status.Reason
			if loop := r.crashLoop(status); loop != "" {
				return loop
			}
		default:
			if since.IsZero() {
				since = time.Now()
			}
			left := seconds(r.Spec.MinReadySeconds) - time.Since(since)
			why = fmt.Sprintf("the pod has been ready for %s of %d seconds only", time.Since(since).Round(time.Second), r.Spec.MinReadySeconds)
			if left <= 0 {
				healthy, state := r.healthy(ctx, &targets)
				if healthy {
					return ""
				}
				if state != why {
					why = state
				}
				left = 5 * time.Second
			}
			pause = min(pause, left)
		}
		if time.Until(r.deadline()) <= 0 {
			return fmt.Sprintf("not up within %d seconds: %s", r.Spec.DeadlineSeconds, why)
		}
		select {
		case <-changed:
		case <-time.After(max(pause, time.Millisecond)):
		case <-ctx.Done():
			return ""
		}
	}
}

// crashLoop describes a crash loop: a container whose next start is too late for the deadline cannot meet it, so
// waiting is pointless.
func (r *Rollout) crashLoop(status pod.Status) string {
	for _, container := range status.Containers {
		if container.NextStart.IsZero() || container.LastExit == nil {
			continue
		}
		if container.NextStart.Add(seconds(r.Spec.MinReadySeconds)).After(r.deadline()) {
			return fmt.Sprintf("the container %s keeps ending (%d times, the last with %s), and its next start comes after the deadline",
				container.Name, container.Restarts, pod.Describe(*container.LastExit))
		}
	}
	return ""
}

// healthy checks each target group of the machine's Auto Scaling group.
func (r *Rollout) healthy(ctx context.Context, targets *[]string) (bool, string) {
	if *targets == nil {
		group, err := r.Cloud.GroupOf(ctx, r.Instance)
		if err != nil {
			return false, "its Auto Scaling group is unknown: " + err.Error()
		}
		found := []string{}
		if group != "" {
			if found, err = r.Cloud.TargetGroups(ctx, group); err != nil {
				return false, "its target groups are unknown: " + err.Error()
			}
		}
		*targets = append([]string{}, found...)
	}
	for _, target := range *targets {
		health, err := r.Cloud.TargetHealth(ctx, target, r.Instance)
		if err != nil {
			return false, err.Error()
		}
		if health.State != "healthy" {
			return false, fmt.Sprintf("the target group %s says %s (%s %s)", target, health.State, health.Reason, health.Description)
		}
	}
	return true, ""
}

// Succeed signals SUCCESS.
func (r *Rollout) Succeed(ctx context.Context, why string) { r.signal(ctx, Success, why) }

// Fail signals FAILURE.
func (r *Rollout) Fail(ctx context.Context, why string) { r.signal(ctx, Failure, why) }

// patience is how long a refused signal is retried; a role that was just made is not known everywhere at once.
const patience = 2 * time.Minute

func (r *Rollout) signal(ctx context.Context, status, why string) {
	if r.Signalled != "" {
		return
	}
	r.Logf("%s: %s", status, why)
	begun, told := time.Now(), false
	for {
		err := r.Cloud.Signal(ctx, r.Document.Stack, r.Document.Resource, r.Instance, status)
		switch {
		case err == nil:
			r.setSignalled(status)
			return
		case aws.IsNotAwaited(err):
			r.Logf("the stack waits for no signal of %s", r.Document.Resource)
			r.setSignalled(status)
			return
		case aws.IsDenied(err) && time.Since(begun) > patience:
			r.Logf("%s could not be signalled: %v", status, err)
			r.setSignalled(status)
			return
		}
		if !told {
			told = true
			r.Logf("%s is not signalled yet: %v", status, err)
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(5 * time.Second):
		}
	}
}

func (r *Rollout) setSignalled(status string) {
	r.Signalled = status
	if r.SaveSignal != nil {
		r.SaveSignal(status)
	}
}
