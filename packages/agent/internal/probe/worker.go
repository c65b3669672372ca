// Package probe asks containers how they are, with the kubelet's semantics (pkg/kubelet/prober/worker.go).
package probe

import (
	"context"
	"time"

	"i2kit.dev/agent/internal/contract"
)

// Check asks once. An error means that it could not be asked: such a result is thrown away.
type Check func(ctx context.Context) (ok bool, message string, err error)

// Result is what a probe has come to.
type Result struct {
	OK      bool
	Message string
}

// mostRetries is how often a check that could not be asked is asked again at once.
const mostRetries = 3

// Run asks at once and then every period, until its context ends, and reports what has passed its threshold. With `once` it returns with the
// first report: a startup probe has then said its word, and a liveness probe that failed is not asked again before a new container is there.
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

// Always and OnFailure are the two ways in which a probe's report ends it.
func Always(Result) bool { return true }

// OnFailure ends a probe with its failure.
func OnFailure(result Result) bool { return !result.OK }

// Never lets a probe go on.
func Never(Result) bool { return false }
