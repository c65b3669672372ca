// Package clock keeps the machine's clock right by Amazon's time service: a step where it is far off, a slew where it is not.
package clock

import (
	"context"
	"time"

	"golang.org/x/sys/unix"
)

// Server is Amazon's time service, which every machine reaches without a route or a rule.
const Server = "169.254.169.123:123"

const (
	hourly = time.Hour
	// again is how soon a server is asked that did not answer.
	again = time.Minute
	// far is from where on a clock is stepped, as ntpd does; nearer, it is slewed, and never goes backwards.
	far = 128 * time.Millisecond
)

// Setter changes the clock.
type Setter interface {
	Step(by time.Duration) error
	Slew(by time.Duration) error
}

// Keep sets the clock now and each hour, until the context ends. A server that does not answer leaves it as the hypervisor set it.
func Keep(ctx context.Context, server string, set Setter, logf func(format string, values ...any)) {
	told := false
	for {
		pause := hourly
		if err := adjust(ctx, server, set, logf); err != nil {
			pause = again
			if !told && ctx.Err() == nil {
				told = true
				logf("the clock is not set: %v", err)
			}
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(pause):
		}
	}
}

func adjust(ctx context.Context, server string, set Setter, logf func(format string, values ...any)) error {
	by, err := offset(ctx, server)
	if err != nil {
		return err
	}
	if by.Abs() < far {
		return set.Slew(by)
	}
	logf("the clock is stepped by %s", by.Round(time.Millisecond))
	return set.Step(by)
}

// Kernel is this machine's clock.
type Kernel struct{}

// Step sets it at once.
func (Kernel) Step(by time.Duration) error {
	now := unix.NsecToTimespec(time.Now().Add(by).UnixNano())
	return unix.ClockSettime(unix.CLOCK_REALTIME, &now)
}

// Slew lets it go a little faster or slower until the difference is gone.
func (Kernel) Slew(by time.Duration) error {
	const singleShot = 0x8001 // ADJ_OFFSET_SINGLESHOT, in microseconds
	_, err := unix.Adjtimex(&unix.Timex{Modes: singleShot, Offset: by.Microseconds()})
	return err
}
