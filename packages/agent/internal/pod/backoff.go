package pod

import "time"

// A kubelet's back-off: the first restart is immediate, the next waits 10 seconds, doubled each time up to 5 minutes. A run of more than 10 minutes
// resets it.
const (
	leastBackoff = 10 * time.Second
	mostBackoff  = 5 * time.Minute
	enough       = 10 * time.Minute
)

// backoff holds the delay of the next restart.
type backoff struct{ wait time.Duration }

// next returns the delay after a run of the given length, and prepares the one after it.
func (b *backoff) next(ran time.Duration) time.Duration {
	if ran > enough {
		b.wait = 0
	}
	wait := b.wait
	b.wait = max(min(2*wait, mostBackoff), leastBackoff)
	return wait
}

// mostPodBackoff bounds the delay before a Job's pod is made again. The first delay is leastBackoff.
const mostPodBackoff = 10 * time.Minute

// podBackoff is the delay before the n-th retry (from 0) of a Job's pod, as in the Job controller.
func podBackoff(n int64) time.Duration {
	wait := leastBackoff
	for ; n > 0 && wait < mostPodBackoff; n-- {
		wait *= 2
	}
	return min(wait, mostPodBackoff)
}
