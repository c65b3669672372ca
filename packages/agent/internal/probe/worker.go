// Package probe runs probes with the kubelet's semantics (pkg/kubelet/prober/worker.go).
package probe

import (
	"context"
	"time"

	"i2kit.dev/agent/internal/contract"
)

// Check checks once. An error means that the check could not run: the result is discarded.
type Check func(ctx context.Context) (ok bool, message string, err error)

// Result is the result of a probe.
type Result struct {
	OK      bool
	Message string
}

// mostRetries is how often a check that could not run is repeated at once.
const mostRetries = 3

// Run checks at once and then every period, until its context ends, and reports results that passed their threshold.
// With `once` it returns after the first report: a startup probe is then done, and a liveness probe that failed does
// not run again before the container is replaced.
func Run(ctx context.Context, spec contract.Probe, started time.Time, check Check, once func(Result) bool, report func(Result)) {
	ticker := time.NewTicker(seconds(spec.PeriodSeconds))
	defer ticker.Stop()
	var last Result
	run := int64(0)
	for {
		// Whole seconds, as the kubelet counts them.
		if int64(time.Since(started)/time.Second) >= spec.InitialDelaySeconds {
			ok, message, err := ask(ctx, spec, check)
			if ctx.Err() != nil {
				return
			}
			if err == nil {
				if run > 0 && last.OK == ok {
					run++
				} else {
					run = 1
				}
				last = Result{ok, message}
				if ok && run >= spec.SuccessThreshold || !ok && run >= spec.FailureThreshold {
					report(last)
					if once(last) {
						return
					}
				}
			}
		}
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
	}
}

func ask(ctx context.Context, spec contract.Probe, check Check) (ok bool, message string, err error) {
	for range mostRetries {
		limited, cancel := context.WithTimeout(ctx, seconds(spec.TimeoutSeconds))
		ok, message, err = check(limited)
		cancel()
		if err == nil {
			return ok, message, nil
		}
	}
	return false, message, err
}

func seconds(n int64) time.Duration { return time.Duration(n) * time.Second }

// Always and OnFailure are the two conditions on which a report ends the probe.
func Always(Result) bool { return true }

// OnFailure ends a probe after a failure.
func OnFailure(result Result) bool { return !result.OK }

// Never keeps a probe running.
func Never(Result) bool { return false }
