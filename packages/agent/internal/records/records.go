// Package records keeps this machine's address in the records of headless Services while its pod is ready.
//
// All machines share one record set, and no other program changes it. Each machine derives its change from the values
// that it has just read. The change is one batch, applied as a whole or not at all. If another machine was faster,
// the machine reads again.
package records

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"i2kit.dev/agent/internal/aws"
	"i2kit.dev/agent/internal/contract"
	"i2kit.dev/agent/internal/pod"
)

// Cloud is the part of AWS that is used here.
type Cloud interface {
	Records(ctx context.Context, zone, name string) (aws.RecordSet, error)
	ChangeRecords(ctx context.Context, zone string, before, after aws.RecordSet) error
	Running(ctx context.Context, addresses []string) ([]string, error)
}

// Pod is the watched pod.
type Pod interface {
	Status() pod.Status
	Changed() <-chan struct{}
}

// Keeper keeps one machine's address.
type Keeper struct {
	Records []contract.DnsRecord
	Address string
	Cloud   Cloud
	Logf    func(format string, values ...any)
	Every   time.Duration // interval of the records' checks while nothing changes
}

// Every is long: Route 53 accepts five requests a second for a whole account, including those of CloudFormation and
// people. A machine that starts or ends checks at once; in between, a check only finds the addresses of machines that
// crashed.
const Every = 10 * time.Minute

const (
	// ttl is short: machines come and go.
	ttl = 5
	// attempts limits how often a change that others overtake is retried.
	attempts = 20
	// longestPause is the longest pause between two attempts.
	longestPause = time.Minute
	// leaving limits how long the removal of the address is retried.
	leaving = time.Minute
)

// Watch keeps the records until the context ends; then Leave removes the address.
func (k *Keeper) Watch(ctx context.Context, of Pod) {
	failures := 0
	for {
		changed := of.Changed()
		status := of.Status()
		up := status.Phase != pod.Stopping && status.Phase != pod.Ended
		kept := true
		for _, record := range k.Records {
			kept = k.reconcileOrLog(ctx, record, up && (status.Ready || contract.Or(record.NotReady, false))) && kept
		}
		// Machines that started together do not check at the same time.
		pause := k.Every/2 + rand.N(k.Every+1)
		if failures++; kept {
			failures = 0
		} else {
			pause = backoff(failures)
		}
		select {
		case <-changed:
		case <-time.After(pause):
		case <-ctx.Done():
			return
		}
	}
}

// Leave removes this machine's address, and returns once no resolver caches it any more.
func (k *Keeper) Leave(ctx context.Context) {
	limited, cancel := context.WithTimeout(ctx, leaving)
	defer cancel()
	for _, record := range k.Records {
		for failures := 1; !k.reconcileOrLog(limited, record, false) && limited.Err() == nil; failures++ {
			sleep(limited, backoff(failures))
		}
	}
	sleep(ctx, ttl*time.Second)
}

// backoff is a random part of a bound that doubles.
func backoff(failures int) time.Duration {
	return rand.N(min(time.Second<<min(failures, 10), longestPause)) + time.Millisecond
}

func sleep(ctx context.Context, pause time.Duration) {
	select {
	case <-time.After(pause):
	case <-ctx.Done():
	}
}

func (k *Keeper) reconcileOrLog(ctx context.Context, record contract.DnsRecord, in bool) bool {
	err := k.reconcile(ctx, record, in)
	if err != nil && ctx.Err() == nil {
		k.Logf("the record %s could not be updated: %v", record.Name, err)
	}
	return err == nil
}

func (k *Keeper) reconcile(ctx context.Context, record contract.DnsRecord, in bool) error {
	var err error
	for attempt := range attempts {
		var before, after aws.RecordSet
		if before, err = k.Cloud.Records(ctx, record.Zone, record.Name); err != nil {
			return err
		}
		if after, err = k.desired(ctx, before, in); err != nil {
			return err
		}
		if slices.Equal(before.Values, after.Values) {
			return nil
		}
		if err = k.Cloud.ChangeRecords(ctx, record.Zone, before, after); err == nil {
			k.Logf("%s is %s now", record.Name, describe(after.Values))
			return nil
		}
		if !aws.IsOvertaken(err) {
			return err
		}
		sleep(ctx, backoff(attempt))
		if ctx.Err() != nil {
			return ctx.Err()
		}
	}
	return fmt.Errorf("other machines were faster %d times: %w", attempts, err)
}

// desired returns the desired set: with or without this machine's address, and with those of the other running
// machines.
func (k *Keeper) desired(ctx context.Context, before aws.RecordSet, in bool) (aws.RecordSet, error) {
	others := slices.DeleteFunc(slices.Clone(before.Values), func(address string) bool { return address == k.Address })
	if len(others) > 0 {
		running, err := k.Cloud.Running(ctx, others)
		if err != nil {
			return before, err
		}
		others = slices.DeleteFunc(others, func(address string) bool { return !slices.Contains(running, address) })
	}
	values := others
	if in {
		values = append(values, k.Address)
	}
	slices.Sort(values)
	// The order has no meaning: a set of the same addresses is left alone.
	if slices.Equal(values, slices.Sorted(slices.Values(before.Values))) {
		return before, nil
	}
	return aws.RecordSet{Name: before.Name, TTL: ttl, Values: values}, nil
}

func describe(values []string) string {
	if len(values) == 0 {
		return "nowhere"
	}
	return strings.Join(values, ", ")
}
