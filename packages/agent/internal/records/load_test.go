package records_test

import (
	"context"
	"fmt"
	"math/rand"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"i2kit.dev/agent/internal/aws"
	"i2kit.dev/agent/internal/aws/awstest"
	"i2kit.dev/agent/internal/contract"
	"i2kit.dev/agent/internal/pod"
	"i2kit.dev/agent/internal/records"
)

// Route 53 accepts five requests a second for a whole account. 300 machines with a record of their own use only a
// small part of them, and all are added to one record in time.
func TestManyMachinesLeaveRoute53ToOthers(t *testing.T) {
	for name, test := range map[string]struct {
		machines, sets int
		quiet          time.Duration
	}{"a record for each three": {300, 100, time.Hour}, "one record for all": {120, 1, 20 * time.Minute}} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) { many(t, test.machines, test.sets, test.quiet) })
		})
	}
}

func many(t *testing.T, machines, sets int, long time.Duration) {
	twin := awstest.NewTwin(t, 1)
	twin.On("ec2:DescribeInstances", func(awstest.Call) *awstest.Answer { return nil })
	ctx, stop := context.WithCancel(t.Context())
	var wait sync.WaitGroup
	nameOf := func(index int) string { return fmt.Sprintf("s%d.default.svc.cluster.local", index%sets) }
	for index := range machines {
		address := fmt.Sprintf("10.0.%d.%d", index/200, index%200+2)
		twin.Running = append(twin.Running, address)
		client := aws.New(aws.Place{Region: "eu-west-1"}, twin.URL, func(context.Context) (*aws.Credentials, error) {
			return &aws.Credentials{AccessKeyID: "AKID", SecretAccessKey: "secret", Token: "token"}, nil
		}).Over(awstest.InMemory{Handler: twin})
		k := &records.Keeper{
			Records: []contract.DnsRecord{{Zone: zone, Name: nameOf(index)}}, Address: address, Cloud: client, Every: records.Every, Logf: func(string, ...any) {},
		}
		wait.Go(func() {
			time.Sleep(time.Duration(rand.Int63n(int64(2 * time.Minute))))
			k.Watch(ctx, &fakePod{changed: make(chan struct{}), status: pod.Status{Phase: pod.Up, Ready: true}})
		})
	}
	begin := time.Now()
	if !twin.Await(30*time.Minute, func() bool {
		found := 0
		for index := range sets {
			found += len(twin.Record(zone, nameOf(index)))
		}
		return found == machines
	}) {
		t.Error("not all are in")
	}
	all, busiest := twin.Route53Load(begin)
	t.Logf("%d machines were in after %s, with %d requests, at most %d in a second", machines, time.Since(begin).Round(time.Second), all, busiest)
	time.Sleep(10 * time.Minute)
	quiet := time.Now()
	time.Sleep(long)
	all, busiest = twin.Route53Load(quiet)
	t.Logf("in %s without a change: %.2f requests a second, at most %d in one", long, float64(all)/long.Seconds(), busiest)
	if float64(all) > long.Seconds() || busiest > 5 {
		t.Error("that is too many")
	}
	stop()
	wait.Wait()
}
