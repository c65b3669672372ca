package imds_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"i2kit.dev/agent/internal/imds"
	"i2kit.dev/agent/internal/imds/imdstest"
)

func TestMachine(t *testing.T) {
	server := imdstest.New(t, "data")
	server.Set("meta-data/ipv6", "2001:db8::1")
	machine, err := imds.New(server.URL).Machine(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if machine.InstanceID != "i-0123456789abcdef0" || machine.Region != "eu-west-1" || len(machine.Addresses) != 2 || machine.Addresses[0] != "127.0.0.1" ||
		machine.Partition != "aws" || machine.Domain != "amazonaws.com" {
		t.Errorf("%+v", machine)
	}
}

func TestTokenIsRenewedWhenRefused(t *testing.T) {
	server := imdstest.New(t, "data")
	client := imds.New(server.URL)
	for range 2 {
		if body, err := client.Get(t.Context(), "user-data"); err != nil || string(body) != "data" {
			t.Fatal(string(body), err)
		}
		server.Renew()
	}
}

func TestNotFound(t *testing.T) {
	server := imdstest.New(t, "")
	server.Set("user-data", "")
	if _, err := imds.New(server.URL).Wait(t.Context(), "user-data"); !errors.Is(err, imds.ErrNotFound) {
		t.Fatal(err)
	}
}

func TestWaitOutlastsASlowNetwork(t *testing.T) {
	server := imdstest.New(t, "data")
	server.Down(true)
	time.AfterFunc(250*time.Millisecond, func() { server.Down(false) })
	if _, err := imds.New(server.URL).Wait(t.Context(), "user-data"); err != nil {
		t.Fatal(err)
	}
	server.Down(true)
	ctx, cancel := context.WithTimeout(t.Context(), 150*time.Millisecond)
	defer cancel()
	if _, err := imds.New(server.URL).Wait(ctx, "user-data"); !errors.Is(err, context.DeadlineExceeded) {
		t.Fatal(err)
	}
}

func TestTheMachinesEnd(t *testing.T) {
	server := imdstest.New(t, "data")
	client := imds.New(server.URL)
	check := func(state string, spot bool) {
		t.Helper()
		gotState, err := client.TargetState(t.Context())
		gotSpot, err2 := client.SpotInterruption(t.Context())
		if gotState != state || gotSpot != spot || err != nil || err2 != nil {
			t.Error(gotState, gotSpot, err, err2)
		}
	}
	check("", false)
	server.Set("meta-data/autoscaling/target-lifecycle-state", "InService")
	check("InService", false)
	server.Set("meta-data/spot/instance-action", `{"action":"terminate"}`)
	server.Set("meta-data/autoscaling/target-lifecycle-state", "Terminated")
	check("Terminated", true)
	server.Down(true)
	if _, err := client.TargetState(t.Context()); err == nil {
		t.Error("a missing answer is a state")
	}
}

func TestCredentials(t *testing.T) {
	server := imdstest.New(t, "data")
	client := imds.New(server.URL)
	found, err := client.Credentials(t.Context())
	if err != nil || found.AccessKeyID != "AKIDEXAMPLE" || found.Token != "session" || found.Expiration.Year() != 2099 {
		t.Fatal(found, err)
	}
	server.Set("meta-data/iam/security-credentials/machine", `{"Code":"Failed"}`)
	if _, err := client.Credentials(t.Context()); err == nil {
		t.Fatal("none were accepted")
	}
	server.Set("meta-data/iam/security-credentials/", "")
	if _, err := client.Credentials(t.Context()); err == nil {
		t.Fatal("no role was accepted")
	}
}
