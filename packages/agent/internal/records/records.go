// Package records keeps this machine's address in the records of headless Services, while its pod is ready.
//
// A record is one set for all machines, and there is nobody above them to keep it: each changes it from what it has just read, in one
// batch that is taken as a whole or not at all, and reads again where another was faster.
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

// Cloud is what is asked of AWS.
type Cloud interface {
	Records(ctx context.Context, zone, name string) (aws.RecordSet, error)
	ChangeRecords(ctx context.Context, zone string, before, after aws.RecordSet) error
	Running(ctx context.Context, addresses []string) ([]string, error)
}

// Pod is what is watched.
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
	Every   time.Duration // between two looks at what the records hold
}

// ttl is short: machines come and go.
const ttl = 5

// attempts is how often a change is tried that others overtake.
const attempts = 20

// Watch keeps the records until the context ends; Leave takes the address out then.
func (k *Keeper) Watch(ctx context.Context, of Pod) {
	for {
		changed := of.Changed()
		status := of.Status()
		for _, record := range k.Records {
			up := status.Phase != pod.Stopping && status.Phase != pod.Ended
			k.reconcileOrLog(ctx, record, up && (status.Ready || contract.Or(record.NotReady, false)))
		}
		// Not all machines of a group at once.
		pause := k.Every + rand.N(k.Every/4+1)
		select {
		case <-changed:
		case <-time.After(pause):
		case <-ctx.Done():
			return
		}
	}
}

// Leave takes this machine's address out.
func (k *Keeper) Leave(ctx context.Context) {
	for _, record := range k.Records {
		k.reconcileOrLog(ctx, record, false)
	}
}

func (k *Keeper) reconcileOrLog(ctx context.Context, record contract.DnsRecord, in bool) {
	if err := k.reconcile(ctx, record, in); err != nil && ctx.Err() == nil {
		k.Logf("the record %s is not as it should be: %v", record.Name, err)
	}
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
		select {
		case <-time.After(rand.N(100 * time.Millisecond * time.Duration(attempt+1))):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return fmt.Errorf("others were faster %d times: %w", attempts, err)
}

// desired is what the set should be: this machine's address or not, and of the others those whose machines are still there.
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
	// The order means nothing: a set of the same addresses is left alone.
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
