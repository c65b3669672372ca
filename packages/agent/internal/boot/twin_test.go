package boot_test

import (
	"errors"
	"math/rand"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"i2kit.dev/agent/internal/aws/awstest"
)

// A CronJob's machine that cannot leave its group stays until it can: the group would launch another one, and the job
// would run again.
func TestAJobThatCannotLeaveItsGroupDoesNotRunAgain(t *testing.T) {
	for name, answer := range map[string]*awstest.Answer{
		"an error of AWS": {Status: 500}, "a refusal": {Status: 403, Code: "AccessDenied"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				f := newFleet(t, 5)
				defer f.end()
				f.plan["web"] = played{after: 5 * time.Second}
				begin := time.Now()
				f.Refuse = func(call awstest.Call) *awstest.Answer {
					if call.Action == "autoscaling:TerminateInstanceInAutoScalingGroup" && time.Since(begin) < 12*time.Minute {
						return answer
					}
					return nil
				}
				data := fleetData("", rollout+`,"job":{"backoffLimit":0}`)
				g := f.Add(&awstest.Group{Name: "report", UserData: data, Desired: 1})
				if !f.Await(20*time.Minute, func() bool { return len(g.All()) == 0 }) {
					t.Error("its machine still exists")
				}
				time.Sleep(time.Hour)
				if n := f.Launches(g); n != 1 || f.Happened("signals SUCCESS") != 1 {
					t.Error("it ran", n, "times")
				}
			})
		})
	}
}

// A Job's machine, which is in no group, does not stay for ever when AWS does not answer.
func TestAJobInNoGroupEndsWithoutAnAnswer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFleet(t, 5)
		defer f.end()
		f.plan["web"] = played{after: 5 * time.Second}
		f.Refuse = func(call awstest.Call) *awstest.Answer {
			if strings.HasPrefix(call.Action, "autoscaling:") {
				return &awstest.Answer{Status: 500}
			}
			return nil
		}
		start := f.Start
		f.Start = func(m *awstest.Machine) {
			m.Metadata.Set("meta-data/autoscaling/target-lifecycle-state", "")
			start(m)
		}
		f.Add(&awstest.Group{Name: "none", UserData: fleetData("", rollout+`,"job":{"backoffLimit":0}`), Desired: 1})
		if !f.Await(30*time.Minute, func() bool { return f.Happened("powers off") > 0 }) {
			t.Error("it is still on")
		}
	})
}

// CloudFormation must see the machine of a Job running before it is gone.
func TestAShortJobStaysForAMinute(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFleet(t, 5)
		defer f.end()
		f.plan["web"] = played{after: time.Second}
		var booted, off time.Time
		start := f.Start
		f.Start = func(m *awstest.Machine) {
			booted = time.Now()
			start(m)
			m.OnEnd(func() { off = time.Now() })
		}
		g := f.Add(&awstest.Group{Name: "migrate", UserData: fleetData("", rollout+`,"job":{"backoffLimit":0}`), Desired: 1})
		f.Await(5*time.Minute, func() bool { return len(g.All()) == 0 })
		if up := off.Sub(booted); up < time.Minute || up > 75*time.Second {
			t.Error("it was up for", up)
		}
	})
}

// Clients of a headless Service resolve its addresses, cache them for the record's TTL, and connect to machines
// directly.
func TestHeadlessServicesDropNothing(t *testing.T) {
	const zone, name = "Z1", "web.default.svc.cluster.local"
	for change, do := range map[string]func(*fleet, *awstest.Group) error{
		"scale-in": func(_ *fleet, g *awstest.Group) error { g.Scale(2); return nil },
		"a roll": func(f *fleet, g *awstest.Group) error {
			return f.Roll(g, awstest.Rolling{MinInService: 3, MaxBatch: 2, Pause: 15 * time.Minute})
		},
	} {
		t.Run(change, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				f := newFleet(t, 11)
				defer f.end()
				g := f.group("web", `,"records":[{"zone":"Z1","name":"`+name+`"}]`, 4)
				f.up(g)
				f.Await(5*time.Minute, func() bool { return len(f.Record(zone, name)) == 4 })
				var mu sync.Mutex
				var resolved time.Time
				var addresses []string
				l := startLoad(t.Context(), func() (awstest.Connection, *awstest.Machine, error) {
					mu.Lock()
					if time.Since(resolved) >= 5*time.Second {
						resolved, addresses = time.Now(), f.Record(zone, name)
					}
					known := addresses
					mu.Unlock()
					if len(known) == 0 {
						return nil, nil, errors.New("no addresses")
					}
					m := f.At(known[rand.Intn(len(known))])
					connection, err := m.Connect()
					return connection, m, err
				})
				defer l.stop()
				time.Sleep(2 * time.Minute)
				before := g.Machines()
				if err := do(f, g); err != nil {
					t.Error(err)
				}
				before = slices.DeleteFunc(before, func(m *awstest.Machine) bool { return f.Happened(m.ID+" is Terminating") == 0 })
				f.ended(before)
				time.Sleep(time.Minute)
				l.end(t)
				if got := len(f.Record(zone, name)); got != len(g.Machines()) {
					t.Error(got, "addresses of", len(g.Machines()), "machines")
				}
			})
		})
	}
}

// A machine that ends before its pod could run still completes its hook, once its group has drained it.
func TestAMachineWithoutAPodCompletesItsHook(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFleet(t, 2)
		defer f.end()
		f.plan = map[string]played{}
		target := nlb()
		g := f.group("web", "", 1, target)
		if !f.Await(5*time.Minute, func() bool { return f.Happened("signals FAILURE") > 0 }) {
			t.Fatal("no FAILURE\n" + f.Events())
		}
		m := g.Machines()[0]
		g.Terminate(m, true)
		if !f.Await(10*time.Minute, func() bool { return len(g.All()) == 0 }) || f.Happened(m.ID+" completes its hook") != 1 || f.Happened("timed out") > 0 {
			t.Error("it did not end in order")
		}
	})
}

// An agent that dies while its machine is drained leaves the rest to its successor.
func TestAnotherAgentGoesOnWithTheDrain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFleet(t, 4)
		defer f.end()
		target := nlb()
		g := f.group("web", "", 3, target)
		f.up(g)
		l := startLoad(t.Context(), target.Connect)
		defer l.stop()
		time.Sleep(time.Minute)
		m := g.Machines()[0]
		g.Terminate(m, false)
		for range 3 {
			time.Sleep(35 * time.Second)
			f.restartAgent(t.Context(), m)
		}
		f.ended([]*awstest.Machine{m})
		time.Sleep(time.Minute)
		l.end(t)
	})
}

// A stack waits 300 seconds longer than the agent of a machine that takes a minute to boot, so the agent's FAILURE
// comes first.
func TestTheAgentsFailureComesBeforeTheTimeout(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFleet(t, 6)
		defer f.end()
		f.Times.NLBInitial = [2]time.Duration{time.Hour, time.Hour}
		f.Times.Boot = [2]time.Duration{time.Minute, 2 * time.Minute}
		g := f.Add(&awstest.Group{
			Name: "web", UserData: fleetData(hooked, `"rollout":{"minReadySeconds":0,"deadlineSeconds":300}`), Hook: "drain", Heartbeat: hold,
			Targets: []*awstest.TargetGroup{nlb()}, Desired: 2,
		})
		err := f.AwaitSignals(g, 10*time.Minute)
		if err == nil || !strings.Contains(err.Error(), "received FAILURE of") {
			t.Error(err)
		}
		f.logs.Lock()
		defer f.logs.Unlock()
		if !strings.Contains(strings.Join(f.said, "\n"), "FAILURE: not up within 300 seconds: the target group nlb says initial") {
			t.Error(f.said)
		}
	})
}
