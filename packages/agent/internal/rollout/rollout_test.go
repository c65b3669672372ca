package rollout

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"i2kit.dev/agent/internal/aws"
	"i2kit.dev/agent/internal/contract"
	"i2kit.dev/agent/internal/pod"
	"i2kit.dev/agent/internal/shim"
)

func ptr[T any](value T) *T { return &value }

// scene is the pod and AWS at each second.
type scene struct {
	mu      sync.Mutex
	begin   time.Time
	status  pod.Status
	changed chan struct{}

	group    string
	targets  map[string]func(second int) string
	refuse   []error
	happened []string
}

func (s *scene) now() int { return int(time.Since(s.begin).Seconds()) }

func (s *scene) note(what string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.happened = append(s.happened, fmt.Sprintf("%d %s", s.now(), what))
}

func (s *scene) Status() pod.Status {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.status
}

func (s *scene) Changed() <-chan struct{} {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.changed
}

func (s *scene) at(second int, status pod.Status) {
	time.AfterFunc(time.Duration(second)*time.Second, func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.status = status
		close(s.changed)
		s.changed = make(chan struct{})
	})
}

func (s *scene) Signal(_ context.Context, stack, resource, instance, status string) error {
	if stack != "arn" || resource != "Web" || instance != "i-1" {
		return errors.New("another machine's signal")
	}
	if len(s.refuse) > 0 {
		err := s.refuse[0]
		s.refuse = s.refuse[1:]
		return err
	}
	s.note(status)
	return nil
}

func (s *scene) GroupOf(context.Context, string) (string, error) { return s.group, nil }

func (s *scene) TargetGroups(context.Context, string) (names []string, _ error) {
	for name := range s.targets {
		names = append(names, name)
	}
	slices.Sort(names)
	return names, nil
}

func (s *scene) TargetHealth(_ context.Context, name, _ string) (aws.TargetHealth, error) {
	return aws.TargetHealth{State: s.targets[name](s.now())}, nil
}

func (s *scene) SetUnhealthy(context.Context, string) error { s.note("given up"); return nil }

var (
	ready   = pod.Status{Phase: pod.Up, Ready: true}
	unready = pod.Status{Phase: pod.Up, Reason: "web: its readiness probe failed"}
)

func crashing(restarts int, next time.Time) pod.Status {
	return pod.Status{Phase: pod.Up, Reason: "web: exit code 1", Containers: []pod.Container{{Name: "web", Restarts: restarts, NextStart: next, LastExit: &shim.Exit{Code: 1}}}}
}

func play(t *testing.T, spec contract.Rollout, told string, seconds int, set func(*scene)) (string, []string) {
	t.Helper()
	var happened, said []string
	synctest.Test(t, func(t *testing.T) {
		s := &scene{begin: time.Now(), changed: make(chan struct{}), status: pod.Status{Phase: pod.Initializing, Reason: "the init container i runs"}}
		set(s)
		ctx, stop := context.WithTimeout(t.Context(), time.Duration(seconds)*time.Second)
		defer stop()
		r := &Rollout{
			Document: &contract.Document{Stack: "arn", Resource: "Web"}, Spec: spec, Instance: "i-1", Boot: s.begin, Cloud: s, Signalled: told,
			Logf: func(format string, values ...any) { said = append(said, fmt.Sprintf(format, values...)) },
		}
		r.Watch(ctx, s)
		happened = s.happened
	})
	return strings.Join(happened, "; "), said
}

func TestSignals(t *testing.T) {
	always := func(state string) func(int) string { return func(int) string { return state } }
	for name, test := range map[string]struct {
		spec contract.Rollout
		set  func(*scene)
		want string
		says string
	}{
		"ready at once": {contract.Rollout{DeadlineSeconds: 600}, func(s *scene) { s.at(5, ready) }, "5 SUCCESS", "SUCCESS"},
		"ready for long enough": {contract.Rollout{DeadlineSeconds: 600, MinReadySeconds: 30}, func(s *scene) {
			s.at(5, ready)
			s.at(20, unready)
			s.at(40, ready)
		}, "70 SUCCESS", ""},
		"healthy in its target groups": {contract.Rollout{DeadlineSeconds: 600}, func(s *scene) {
			s.group = "g"
			s.targets = map[string]func(int) string{"a": always("healthy"), "b": func(second int) string {
				if second < 31 {
					return "initial"
				}
				return "healthy"
			}}
			s.at(5, ready)
		}, "35 SUCCESS", ""},
		"never healthy": {contract.Rollout{DeadlineSeconds: 100}, func(s *scene) {
			s.group, s.targets = "g", map[string]func(int) string{"a": always("unhealthy")}
			s.at(5, ready)
		}, "100 FAILURE", "the target group a says unhealthy"},
		"never ready":          {contract.Rollout{DeadlineSeconds: 100}, func(s *scene) { s.at(5, unready) }, "100 FAILURE", "its readiness probe failed"},
		"not for long enough":  {contract.Rollout{DeadlineSeconds: 100, MinReadySeconds: 60}, func(s *scene) { s.at(50, ready) }, "100 FAILURE", "of 60 seconds only"},
		"stuck in its init":    {contract.Rollout{DeadlineSeconds: 100}, func(*scene) {}, "100 FAILURE", "the init container i runs"},
		"ended":                {contract.Rollout{DeadlineSeconds: 600}, func(s *scene) { s.at(7, pod.Status{Phase: pod.Ended}) }, "7 FAILURE", "the pod has ended"},
		"ended by its group":   {contract.Rollout{DeadlineSeconds: 600}, func(s *scene) { s.at(7, pod.Status{Phase: pod.Stopping}) }, "", ""},
		"crashes, may recover": {contract.Rollout{DeadlineSeconds: 600}, func(s *scene) { s.at(5, crashing(1, s.begin.Add(15*time.Second))); s.at(20, ready) }, "20 SUCCESS", ""},
		"crash loop": {contract.Rollout{DeadlineSeconds: 600}, func(s *scene) {
			s.at(160, crashing(4, s.begin.Add(310*time.Second)))
			s.at(315, crashing(5, s.begin.Add(615*time.Second)))
		}, "315 FAILURE", "the container web keeps ending (5 times, the last with exit code 1)"},
		"crash loop, by minReady": {contract.Rollout{DeadlineSeconds: 600, MinReadySeconds: 300}, func(s *scene) {
			s.at(160, crashing(4, s.begin.Add(310*time.Second)))
		}, "160 FAILURE", "keeps ending"},
		"not awaited": {contract.Rollout{DeadlineSeconds: 600}, func(s *scene) {
			s.refuse = []error{&aws.Error{Code: "ValidationError"}}
			s.at(5, ready)
		}, "", "waits for no signal"},
		"out of reach for a while": {contract.Rollout{DeadlineSeconds: 600}, func(s *scene) {
			s.refuse = []error{errors.New("no route"), errors.New("no route")}
			s.at(5, ready)
		}, "15 SUCCESS", "not signalled yet: no route"},
	} {
		t.Run(name, func(t *testing.T) {
			got, said := play(t, test.spec, "", 650, test.set)
			if got != test.want {
				t.Errorf("%q, not %q (%q)", got, test.want, said)
			}
			if !strings.Contains(strings.Join(said, "; "), test.says) {
				t.Errorf("%q does not say %q", said, test.says)
			}
		})
	}
}

func TestKeeping(t *testing.T) {
	sick := func(times int) pod.Status {
		return pod.Status{Phase: pod.Up, Ready: false, Reason: "web: exit code 137", Containers: []pod.Container{{Name: "web", Unhealthy: times}}}
	}
	for name, test := range map[string]struct {
		spec contract.Rollout
		set  func(*scene)
		want string
	}{
		"liveness keeps failing": {contract.Rollout{}, func(s *scene) {
			s.at(0, ready)
			s.at(10, sick(1))
			s.at(20, sick(2))
			s.at(30, sick(3))
		}, "30 given up; 630 given up"},
		"it recovers": {contract.Rollout{}, func(s *scene) { s.at(0, ready); s.at(10, sick(2)); s.at(20, ready) }, ""},
		"not ready for too long": {contract.Rollout{ReplaceUnreadySeconds: ptr(int64(60))}, func(s *scene) {
			s.at(0, ready)
			s.at(10, unready)
			s.at(50, ready)
			s.at(100, unready)
		}, "160 given up; 760 given up"},
		"not ready, and that is all": {contract.Rollout{}, func(s *scene) { s.at(0, ready); s.at(10, unready) }, ""},
		"stopping":                   {contract.Rollout{ReplaceUnreadySeconds: ptr(int64(60))}, func(s *scene) { s.at(0, pod.Status{Phase: pod.Stopping}) }, ""},
	} {
		t.Run(name, func(t *testing.T) {
			if got, said := play(t, test.spec, Success, 800, test.set); got != test.want {
				t.Errorf("%q, not %q (%q)", got, test.want, said)
			}
		})
	}
	if got, _ := play(t, contract.Rollout{DeadlineSeconds: 10}, Failure, 100, func(s *scene) { s.at(1, ready) }); got != "" {
		t.Error("a failure that was signalled was signalled again:", got)
	}
}
