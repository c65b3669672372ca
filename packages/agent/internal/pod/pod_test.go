package pod

import (
	"encoding/json"
	"errors"
	"os"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"i2kit.dev/agent/internal/contract"
)

func TestOrder(t *testing.T) {
	spec := contract.Pod{
		InitContainers: []contract.Container{{Name: "first"}, {Name: "proxy", RestartPolicy: ptr("Always"), StartupProbe: asksEach("start", 2)}, {Name: "second"}},
		Containers:     []contract.Container{{Name: "web"}, {Name: "side"}},
	}
	plays := map[string][]play{"first": {{lasts: 3 * time.Second}}, "second": {{lasts: time.Second}}}
	perform(t, spec, nil, plays, map[string]func(int) bool{"proxy/start": from(7)}, 20, func(s *stage, p *Pod, outcome Outcome) {
		want(t, s.log("first", "proxy", "second", "ready"),
			"0 first starts; 3 proxy starts; 7 second starts; 8 ready=true; 20 ready=false; 20 proxy gets SIGTERM")
		if !outcome.Stopped || p.Status().Phase != Ended {
			t.Errorf("%+v %+v", outcome, p.Status())
		}
	})
}

func TestInitContainersAreTriedAgain(t *testing.T) {
	spec := contract.Pod{InitContainers: []contract.Container{{Name: "init"}}, Containers: []contract.Container{{Name: "web"}}}
	plays := map[string][]play{"init": {{lasts: time.Second, code: 1}, {lasts: time.Second, code: 1}, {lasts: time.Second}}}
	perform(t, spec, nil, plays, nil, 60, func(s *stage, p *Pod, _ Outcome) {
		want(t, s.log("init", "web starts"), "0 init starts; 1 init starts; 12 init starts; 13 web starts")
	})
	spec.RestartPolicy = ptr("Never")
	perform(t, spec, nil, plays, nil, 60, func(s *stage, p *Pod, outcome Outcome) {
		want(t, s.log(), "0 init starts")
		want(t, outcome.Reason, "the init container init failed: exit code 1")
	})
}

func TestRestartsWaitLongerAndLonger(t *testing.T) {
	spec := contract.Pod{Containers: []contract.Container{{Name: "web"}}}
	perform(t, spec, nil, map[string][]play{"web": {{lasts: time.Second, code: 1}}}, nil, 1300, func(s *stage, p *Pod, _ Outcome) {
		want(t, s.log("web"), "0 web starts; 1 web starts; 12 web starts; 33 web starts; 74 web starts; 155 web starts; 316 web starts; 617 web starts; 918 web starts; 1219 web starts")
	})
	// A run of more than ten minutes resets the back-off.
	plays := map[string][]play{"web": {{lasts: time.Second}, {lasts: time.Second}, {lasts: 601 * time.Second}, {lasts: time.Second}, {}}}
	perform(t, spec, nil, plays, nil, 700, func(s *stage, p *Pod, _ Outcome) {
		want(t, s.log("web starts"), "0 web starts; 1 web starts; 12 web starts; 613 web starts; 624 web starts")
	})
}

func TestWhatCannotStartWaitsToo(t *testing.T) {
	spec := contract.Pod{Containers: []contract.Container{{Name: "web"}}}
	perform(t, spec, nil, map[string][]play{"web": {{err: errors.New("no such command")}, {err: errors.New("no such command")}, {}}}, nil, 20, func(s *stage, p *Pod, _ Outcome) {
		want(t, s.log("web starts"), "10 web starts")
	})
}

func TestReadiness(t *testing.T) {
	spec := contract.Pod{Containers: []contract.Container{{Name: "web", ReadinessProbe: asks("ready")}, {Name: "side"}}}
	health := map[string]func(int) bool{"web/ready": func(second int) bool { return second >= 20 && second < 50 }}
	perform(t, spec, nil, nil, health, 100, func(s *stage, p *Pod, _ Outcome) {
		want(t, s.log("ready"), "20 ready=true; 70 ready=false")
	})
}

func TestLiveness(t *testing.T) {
	probe := asks("live")
	probe.TerminationGracePeriodSeconds = ptr(int64(5))
	spec := contract.Pod{Containers: []contract.Container{{Name: "web", LivenessProbe: probe, PreStop: &contract.Hook{Sleep: ptr(int64(1))}}}}
	perform(t, spec, nil, map[string][]play{"web": {{deaf: true}, {}}}, map[string]func(int) bool{"web/live": func(second int) bool { return second < 10 || second > 34 }}, 60, func(s *stage, p *Pod, _ Outcome) {
		want(t, s.log("web", "ready"), "0 web starts; 0 ready=true; 30 web hook; 31 web gets SIGTERM; 35 web is killed; 35 web starts; 60 ready=false; 60 web hook; 61 web gets SIGTERM")
		if c := p.Status().Containers[0]; c.Unhealthy != 1 || c.Restarts != 1 {
			t.Errorf("%+v", c)
		}
	})
}

func TestStartupHoldsTheOthersBack(t *testing.T) {
	spec := contract.Pod{Containers: []contract.Container{{Name: "web", StartupProbe: asksEach("start", 5), LivenessProbe: asksEach("live", 1), ReadinessProbe: asksEach("ready", 1)}}}
	health := map[string]func(int) bool{"web/start": from(10), "web/live": from(10), "web/ready": from(12)}
	perform(t, spec, nil, nil, health, 30, func(s *stage, p *Pod, _ Outcome) {
		want(t, s.log("web starts", "ready"), "0 web starts; 12 ready=true; 30 ready=false")
	})
	health["web/start"] = func(int) bool { return false }
	perform(t, spec, nil, nil, health, 30, func(s *stage, p *Pod, _ Outcome) {
		want(t, s.log(), "0 web starts; 10 web gets SIGTERM; 10 web starts; 20 web gets SIGTERM; 30 web starts; 30 web gets SIGTERM")
	})
}

func TestPostStart(t *testing.T) {
	spec := contract.Pod{Containers: []contract.Container{{Name: "web", PostStart: &contract.Hook{Sleep: ptr(int64(4))}}}}
	perform(t, spec, nil, nil, nil, 10, func(s *stage, p *Pod, _ Outcome) {
		want(t, s.log("ready"), "4 ready=true; 10 ready=false")
	})
	spec.Containers[0].PostStart = &contract.Hook{Exec: []string{"no"}}
	perform(t, spec, nil, nil, nil, 11, func(s *stage, p *Pod, _ Outcome) {
		want(t, s.log(), "0 web starts; 0 web gets SIGTERM; 0 web starts; 0 web gets SIGTERM; 10 web starts; 10 web gets SIGTERM")
	})
}

func TestStop(t *testing.T) {
	spec := contract.Pod{
		TerminationGracePeriodSeconds: ptr(int64(20)),
		InitContainers:                []contract.Container{{Name: "proxy", RestartPolicy: ptr("Always")}, {Name: "mesh", RestartPolicy: ptr("Always")}},
		Containers:                    []contract.Container{{Name: "web", PreStop: &contract.Hook{Sleep: ptr(int64(5))}}, {Name: "deaf"}, {Name: "quick"}},
	}
	plays := map[string][]play{"web": {{slow: 3 * time.Second}}, "deaf": {{deaf: true}}, "mesh": {{slow: time.Second}}}
	perform(t, spec, nil, plays, nil, 10, func(s *stage, p *Pod, outcome Outcome) {
		lines := s.log("ready=false", "web hook", "web gets", "deaf", "proxy gets", "mesh gets")
		want(t, lines, "0 deaf starts; 10 ready=false; 10 deaf gets SIGTERM; 10 web hook; 15 web gets SIGTERM; 30 deaf is killed; 30 mesh gets SIGTERM; 31 proxy gets SIGTERM")
		want(t, outcome.Reason, "test")
	})
	// A preStop that uses the whole grace period leaves two seconds for the signal.
	spec.Containers = []contract.Container{{Name: "web", PreStop: &contract.Hook{Sleep: ptr(int64(100))}}}
	plays["web"] = []play{{deaf: true}}
	perform(t, spec, nil, plays, nil, 10, func(s *stage, p *Pod, _ Outcome) {
		want(t, s.log("web"), "0 web starts; 10 web hook; 30 web gets SIGTERM; 32 web is killed")
	})
}

// A kubelet gives every container at least two seconds.
func TestNoGracePeriod(t *testing.T) {
	spec := contract.Pod{TerminationGracePeriodSeconds: ptr(int64(0)), Containers: []contract.Container{{Name: "deaf", PreStop: &contract.Hook{Sleep: ptr(int64(5))}}, {Name: "quick"}}}
	plays := map[string][]play{"deaf": {{deaf: true}}, "quick": {{slow: time.Second}}}
	perform(t, spec, nil, plays, nil, 10, func(s *stage, p *Pod, _ Outcome) {
		want(t, s.log("deaf", "quick"), "0 deaf starts; 0 quick starts; 10 deaf gets SIGTERM; 10 quick gets SIGTERM; 12 deaf is killed")
	})
}

// packages/agent/oracle/kubelet wrote the table with the kubelet's own back-off.
func TestBackoff(t *testing.T) {
	text, err := os.ReadFile("../../oracle/kubelet/tables/backoff.json")
	if err != nil {
		t.Fatal(err)
	}
	var table []struct{ Runs, Waits []int }
	if err := json.Unmarshal(text, &table); err != nil || len(table) < 10 {
		t.Fatal(len(table), err)
	}
	for _, row := range table {
		limits, waits := backoff{}, []int{}
		for _, run := range row.Runs {
			waits = append(waits, int(limits.next(seconds(int64(run))).Seconds()))
		}
		if !slices.Equal(waits, row.Waits) {
			t.Errorf("%v: %v, a kubelet's are %v", row.Runs, waits, row.Waits)
		}
	}
}

func TestStopAtAnyMoment(t *testing.T) {
	spec := contract.Pod{InitContainers: []contract.Container{{Name: "init"}, {Name: "proxy", RestartPolicy: ptr("Always"), StartupProbe: asks("start")}}, Containers: []contract.Container{{Name: "web"}}}
	plays := map[string][]play{"init": {{lasts: 3 * time.Second, code: 1}, {lasts: 3 * time.Second}}, "web": {{lasts: 4 * time.Second, code: 1}}}
	for second := range 50 {
		perform(t, spec, nil, plays, map[string]func(int) bool{"proxy/start": from(25)}, second, func(s *stage, p *Pod, outcome Outcome) {
			if !outcome.Stopped || p.Status().Phase != Ended || p.Status().Ready {
				t.Errorf("%d: %+v", second, outcome)
			}
			for _, run := range s.runs {
				if !isDone(run) {
					t.Errorf("%d: something still runs: %s", second, s.log())
				}
			}
		})
	}
}

func TestJobs(t *testing.T) {
	failing := []play{{lasts: time.Second, code: 1}, {lasts: time.Second, code: 1}, {lasts: time.Second}}
	for name, test := range map[string]struct {
		spec      contract.Pod
		limit     int64
		plays     map[string][]play
		succeeded bool
		log       string
	}{
		"well": {contract.Pod{RestartPolicy: ptr("Never"), Containers: []contract.Container{{Name: "a"}, {Name: "b"}}}, 6,
			map[string][]play{"a": {{lasts: time.Second}}, "b": {{lasts: 2 * time.Second}}}, true, ""},
		"in place, in the end": {contract.Pod{RestartPolicy: ptr("OnFailure"), Containers: []contract.Container{{Name: "a"}}}, 2,
			map[string][]play{"a": failing}, true, "0 a starts; 1 a starts; 12 a starts"},
		"in place, too often": {contract.Pod{RestartPolicy: ptr("OnFailure"), Containers: []contract.Container{{Name: "a"}}}, 1,
			map[string][]play{"a": failing}, false, "0 a starts; 1 a starts"},
		"as a whole": {contract.Pod{RestartPolicy: ptr("Never"), InitContainers: []contract.Container{{Name: "i"}}, Containers: []contract.Container{{Name: "a"}}}, 1,
			map[string][]play{"a": {{lasts: time.Second, code: 1}, {lasts: time.Second}}, "i": {{lasts: time.Second}}}, true, "0 i starts; 1 a starts; 12 i starts; 13 a starts"},
		"not at all": {contract.Pod{RestartPolicy: ptr("Never"), Containers: []contract.Container{{Name: "a"}}}, 0,
			map[string][]play{"a": failing}, false, "0 a starts"},
		"with a sidecar": {contract.Pod{RestartPolicy: ptr("Never"), InitContainers: []contract.Container{{Name: "s", RestartPolicy: ptr("Always")}}, Containers: []contract.Container{{Name: "a"}}}, 0,
			map[string][]play{"a": {{lasts: time.Second}}}, true, "0 s starts; 0 a starts; 1 s gets SIGTERM"},
		"for too long": {contract.Pod{RestartPolicy: ptr("Never"), ActiveDeadlineSeconds: ptr(int64(5)), Containers: []contract.Container{{Name: "a"}}}, 3,
			nil, false, "0 a starts; 5 a gets SIGTERM"},
	} {
		t.Run(name, func(t *testing.T) {
			perform(t, test.spec, &contract.Job{BackoffLimit: test.limit}, test.plays, nil, -1, func(s *stage, p *Pod, outcome Outcome) {
				if outcome.Succeeded != test.succeeded {
					t.Errorf("%+v", outcome)
				}
				if test.log != "" {
					want(t, s.log("a", "i", "s"), test.log)
				}
			})
		})
	}
}

// A new agent takes over the running containers and repeats nothing.
func TestTakingOver(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStage(map[string][]play{"web": {{}, {}}})
		s.found["web"] = &process{started: time.Now().Add(-time.Hour), done: make(chan struct{})}
		ended := &process{started: time.Now().Add(-2 * time.Second), done: make(chan struct{})}
		ended.finish(1, "")
		s.found["side"] = ended
		options := s.options(contract.Pod{
			InitContainers: []contract.Container{{Name: "init"}},
			Containers:     []contract.Container{{Name: "web", PostStart: &contract.Hook{Exec: []string{"not again"}}}, {Name: "side"}},
		}, nil)
		options.Memory = &Memory{Done: []string{"init"}, Restarts: map[string]int{"side": 2}, Backoffs: map[string]time.Duration{"side": 20 * time.Second}}
		p := New(options)
		time.AfterFunc(50*time.Second, func() { p.Stop("test") })
		go p.Run(t.Context())
		time.Sleep(45 * time.Second)
		if status := p.Status(); !status.Ready || status.Containers[1].Restarts != 3 {
			t.Errorf("%+v", status)
		}
		want(t, s.log("web", "side", "init"), "20 side starts")
		time.Sleep(10 * time.Second)
	})
}
