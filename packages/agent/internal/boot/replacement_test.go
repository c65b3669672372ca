package boot_test

import (
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"i2kit.dev/agent/internal/aws/awstest"
)

// hold is HeartbeatTimeout as the compiler writes it for a grace period of 30 seconds.
const hold = 90 * time.Second

func (f *fleet) group(name, document string, desired int, targets ...*awstest.TargetGroup) *awstest.Group {
	return f.Add(&awstest.Group{
		Name: name, UserData: fleetData(hooked+document, rollout), Hook: "drain", Heartbeat: hold, Targets: targets, Desired: desired,
	})
}

func (f *fleet) up(groups ...*awstest.Group) {
	f.t.Helper()
	for _, g := range groups {
		if err := f.AwaitSignals(g, 15*time.Minute); err != nil {
			f.t.Fatal(err, "\n"+f.Events())
		}
	}
}

// ended waits until the previous machines are gone, each by its completed hook.
func (f *fleet) ended(before []*awstest.Machine) {
	f.t.Helper()
	for _, m := range before {
		if !f.Await(30*time.Minute, func() bool { return f.Happened(m.ID+" is Terminated") > 0 }) {
			f.t.Error(m.ID, "is not gone")
		}
		if f.Happened(m.ID+" completes its hook") != 1 {
			f.t.Error(m.ID, "did not complete its hook")
		}
	}
	for _, unwanted := range []string{"timed out", "forced off", "is refused", "given up", "FAILURE", "powers off, Terminating:Wait", "powers off, InService"} {
		if n := f.Happened(unwanted); n > 0 {
			f.t.Errorf("%d times: %s", n, unwanted)
		}
	}
}

func nlb() *awstest.TargetGroup { return &awstest.TargetGroup{ARN: "nlb", Delay: 120 * time.Second} }
func alb() *awstest.TargetGroup {
	return &awstest.TargetGroup{ARN: "alb", ALB: true, Delay: 30 * time.Second}
}

// A client notices no change: 0 connections dropped, whatever AWS' delays.
func TestReplacement(t *testing.T) {
	for name, scenario := range map[string]struct {
		target func() *awstest.TargetGroup
		size   int
		change func(f *fleet, g *awstest.Group) error
	}{
		"a roll with surge, NLB": {nlb, 3, func(f *fleet, g *awstest.Group) error {
			return f.Roll(g, awstest.Rolling{MinInService: 3, MaxBatch: 1, Pause: 15 * time.Minute})
		}},
		"a roll with surge, ALB": {alb, 3, func(f *fleet, g *awstest.Group) error {
			return f.Roll(g, awstest.Rolling{MinInService: 3, MaxBatch: 2, Pause: 15 * time.Minute})
		}},
		"a roll without surge, NLB": {nlb, 3, func(f *fleet, g *awstest.Group) error {
			return f.Roll(g, awstest.Rolling{MinInService: 2, MaxBatch: 1, Pause: 15 * time.Minute})
		}},
		"a roll without surge, ALB": {alb, 3, func(f *fleet, g *awstest.Group) error {
			return f.Roll(g, awstest.Rolling{MinInService: 2, MaxBatch: 1, Pause: 15 * time.Minute})
		}},
		"scale-in, NLB": {nlb, 4, func(_ *fleet, g *awstest.Group) error { g.Scale(2); return nil }},
		"scale-in, ALB": {alb, 4, func(_ *fleet, g *awstest.Group) error { g.Scale(2); return nil }},
		"replacement of each, NLB": {nlb, 3, func(f *fleet, g *awstest.Group) error {
			for _, m := range g.Machines() {
				before := g.Machines()
				g.Terminate(m, false)
				if !f.Await(15*time.Minute, func() bool {
					for _, other := range g.Machines() {
						if f.Happened("nlb: "+other.ID+" is healthy") == 0 {
							return false
						}
					}
					return len(g.Machines()) == len(before)
				}) {
					return fmt.Errorf("no replacement of %s", m.ID)
				}
			}
			return nil
		}},
	} {
		for seed := range int64(3) {
			t.Run(fmt.Sprint(name, " ", seed), func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					f := newFleet(t, seed)
					defer f.end()
					target := scenario.target()
					g := f.group("web", "", scenario.size, target)
					f.up(g)
					l := startLoad(t.Context(), target.Connect)
					defer l.stop()
					time.Sleep(2 * time.Minute)
					before := g.Machines()
					if err := scenario.change(f, g); err != nil {
						t.Error(err)
					}
					var gone []*awstest.Machine
					for _, m := range before {
						if f.Happened(m.ID+" is Terminating") > 0 {
							gone = append(gone, m)
						}
					}
					if len(gone) < 2 {
						t.Error("only", len(gone), "machines were replaced")
					}
					f.ended(gone)
					time.Sleep(2 * time.Minute)
					l.end(t)
				})
			})
		}
	}
}

// Each ordinal of a StatefulSet is a group of one machine, whose network interface is in use until the previous
// machine is gone: the first launches after a change fail.
func TestStatefulSetReplacement(t *testing.T) {
	for _, relaunch := range []time.Duration{15 * time.Second, time.Minute, 4 * time.Minute} {
		t.Run(relaunch.String(), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				f := newFleet(t, 7)
				defer f.end()
				f.Times.Relaunch = relaunch
				target := nlb()
				var groups []*awstest.Group
				for ordinal := range 3 {
					groups = append(groups, f.Add(&awstest.Group{
						Name: fmt.Sprint("db-", ordinal), UserData: fleetData(hooked, rollout), Hook: "drain", Heartbeat: hold,
						Targets: []*awstest.TargetGroup{target}, Desired: 1, Interface: fmt.Sprint("eni-", ordinal),
					}))
				}
				f.up(groups...)
				l := startLoad(t.Context(), target.Connect)
				defer l.stop()
				time.Sleep(2 * time.Minute)
				for index := len(groups) - 1; index >= 0; index-- {
					before := groups[index].Machines()
					if err := f.Roll(groups[index], awstest.Rolling{MinInService: 0, MaxBatch: 1, Pause: 1050 * time.Second}); err != nil {
						t.Fatal(err)
					}
					f.ended(before)
				}
				if f.Happened("Launching EC2 instance failed") == 0 {
					t.Error("no interface was in use")
				}
				l.end(t)
			})
		})
	}
}

// Between the end of the drain and the next launch attempt are the pod's stop and the power-off, and no timeout.
func TestAnInterfaceIsHeldTheLeast(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFleet(t, 3)
		defer f.end()
		g := f.Add(&awstest.Group{Name: "db-0", UserData: fleetData(hooked, rollout), Hook: "drain", Heartbeat: hold, Desired: 1, Interface: "eni-0"})
		f.up(g)
		m := g.Machines()[0]
		begin := time.Now()
		g.Terminate(m, false)
		f.Await(10*time.Minute, func() bool { return f.Happened("eni-0 is available") > 0 })
		// Without a load balancer: up to 5 s until the agent notices, up to 5 s until the stop, 15 s of EC2's own.
		if took := time.Since(begin); took > 40*time.Second {
			t.Error(took)
		}
		f.ended([]*awstest.Machine{m})
	})
}
