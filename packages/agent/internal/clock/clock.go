// Package clock synchronises the machine's clock with Amazon's time service: it steps a clock that is far off and
// slews any other.
package clock

import (
	"context"
	"time"

	"golang.org/x/sys/unix"
)

// Server is Amazon's time service, which every machine reaches without a route or a security group rule.
const Server = "169.254.169.123:123"

const (
	hourly = time.Hour
	// again is the delay before a server that did not answer is asked again.
	again = time.Minute
	// far is the offset from which a clock is stepped, as by ntpd. A smaller one is slewed, so the clock never goes
	// backwards.
	far = 128 * time.Millisecond
)

// Setter changes the clock.
type Setter interface {
	Step(by time.Duration) error
	Slew(by time.Duration) error
}

// Keep sets the clock now and each hour, until the context ends. Without an answer, the clock stays as the hypervisor
// set it.
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

// Slew lets the clock run faster or slower until the difference is gone.
func (Kernel) Slew(by time.Duration) error {
	const singleShot = 0x8001 // ADJ_OFFSET_SINGLESHOT, in microseconds
	_, err := unix.Adjtimex(&unix.Timex{Modes: singleShot, Offset: by.Microseconds()})
	return err
}
