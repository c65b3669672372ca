package pod

import "time"

// Restarts wait for 10 seconds, doubled each time up to 5 minutes, and begin anew once a container has run for 10 minutes.
const (
	leastBackoff = 10 * time.Second
	mostBackoff  = 5 * time.Minute
	enough       = 10 * time.Minute
)

type backoff struct{ last time.Duration }

func (b *backoff) next(ran time.Duration) time.Duration {
	switch {
	case b.last == 0 || ran >= enough:
		b.last = leastBackoff
	default:
		b.last = min(2*b.last, mostBackoff)
	}
	return b.last
}
