package records_test

import (
	"context"
	"fmt"
	"slices"
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

type fakePod struct {
	mu      sync.Mutex
	status  pod.Status
	changed chan struct{}
}

func (p *fakePod) Status() pod.Status {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.status
}

func (p *fakePod) Changed() <-chan struct{} {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.changed
}

func (p *fakePod) becomes(status pod.Status) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.status = status
	close(p.changed)
	p.changed = make(chan struct{})
}

const zone, name = "Z1", "web.default.svc.cluster.local"

func cloud(server *awstest.Server) *aws.Client {
	return aws.New(aws.Place{Region: "eu-west-1"}, server.URL, func(context.Context) (*aws.Credentials, error) {
		return &aws.Credentials{AccessKeyID: "AKID", SecretAccessKey: "secret", Token: "token"}, nil
	}).Over(awstest.InMemory{Handler: server})
}

func keeper(t *testing.T, server *awstest.Server, address string, record contract.DnsRecord) *records.Keeper {
	return &records.Keeper{
		Records: []contract.DnsRecord{record}, Address: address, Cloud: cloud(server), Every: time.Minute,
		Logf: func(format string, values ...any) { t.Log(address + ": " + fmt.Sprintf(format, values...)) },
	}
}

func until(t *testing.T, server *awstest.Server, want ...string) {
	t.Helper()
	slices.Sort(want)
	for deadline := time.Now().Add(5 * time.Minute); ; time.Sleep(100 * time.Millisecond) {
		if got := server.Record(zone, name); slices.Equal(got, want) {
			return
		} else if time.Now().After(deadline) {
			t.Fatalf("%v, not %v", got, want)
		}
	}
}

func TestAnAddressIsThereWhileThePodIsReady(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server := awstest.Unserved(t)
		server.Records["Z1/zzz.default.svc.cluster.local"] = awstest.Record{TTL: 60, Values: []string{"10.9.9.9"}}
		k := keeper(t, server, "10.0.0.2", contract.DnsRecord{Zone: zone, Name: name})
		p := &fakePod{changed: make(chan struct{})}
		ctx, stop := context.WithCancel(t.Context())
		done := make(chan struct{})
		go func() { k.Watch(ctx, p); close(done) }()
		time.Sleep(50 * time.Millisecond)
		until(t, server)
		p.becomes(pod.Status{Phase: pod.Up, Ready: true})
		until(t, server, "10.0.0.2")
		p.becomes(pod.Status{Phase: pod.Up})
		until(t, server)
		p.becomes(pod.Status{Phase: pod.Up, Ready: true})
		until(t, server, "10.0.0.2")
		stop()
		<-done
		k.Leave(t.Context())
		until(t, server)
		if other := server.Record(zone, "zzz.default.svc.cluster.local"); !slices.Equal(other, []string{"10.9.9.9"}) {
			t.Error(other)
		}
	})
}

func TestOneThatNeedNotBeReadyIsThereFromTheStart(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server := awstest.Unserved(t)
		yes := true
		k := keeper(t, server, "10.0.0.2", contract.DnsRecord{Zone: zone, Name: name, NotReady: &yes})
		p := &fakePod{changed: make(chan struct{}), status: pod.Status{Phase: pod.Up}}
		go k.Watch(t.Context(), p)
		until(t, server, "10.0.0.2")
		p.becomes(pod.Status{Phase: pod.Stopping})
		until(t, server)
	})
}

// The other machines remove the address of a machine that crashed.
func TestTheDeadAreTakenOut(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server := awstest.Unserved(t)
		server.Running = []string{"10.0.0.3"}
		server.Records[zone+"/"+name] = awstest.Record{TTL: 5, Values: []string{"10.0.0.9", "10.0.0.3"}}
		k := keeper(t, server, "10.0.0.2", contract.DnsRecord{Zone: zone, Name: name})
		go k.Watch(t.Context(), &fakePod{changed: make(chan struct{}), status: pod.Status{Phase: pod.Up, Ready: true}})
		until(t, server, "10.0.0.2", "10.0.0.3")
	})
}

// Machines that start at once are all added, though none knows of the others and each change replaces the whole set.
func TestAllOfAGroupGetIn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server := awstest.Unserved(t)
		var all []string
		for index := range 12 {
			all = append(all, fmt.Sprintf("10.0.1.%d", index+1))
		}
		server.Running = all
		pods := &fakePod{changed: make(chan struct{}), status: pod.Status{Phase: pod.Up, Ready: true}}
		var keepers []*records.Keeper
		ctx, stop := context.WithCancel(t.Context())
		var wait sync.WaitGroup
		for _, address := range all {
			k := keeper(t, server, address, contract.DnsRecord{Zone: zone, Name: name})
			keepers = append(keepers, k)
			wait.Go(func() { k.Watch(ctx, pods) })
		}
		until(t, server, all...)
		stop()
		wait.Wait()
		for _, k := range keepers {
			wait.Go(func() { k.Leave(t.Context()) })
		}
		wait.Wait()
		until(t, server)
	})
}
