package pod

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"i2kit.dev/agent/internal/contract"
	"i2kit.dev/agent/internal/probe"
	"i2kit.dev/agent/internal/shim"
)

func ptr[T any](value T) *T { return &value }

// play scripts each start of a container; the last entry repeats.
type play struct {
	lasts time.Duration // 0: until it is asked to end
	code  int
	deaf  bool          // ignores signals
	slow  time.Duration // time from the signal to the end
	err   error         // error of the start
}

type process struct {
	started time.Time
	done    chan struct{}
	end     sync.Once
	exit    shim.Exit
}

func (p *process) StartedAt() time.Time  { return p.started }
func (p *process) Done() <-chan struct{} { return p.done }
func (p *process) Exit() shim.Exit       { return p.exit }

func (p *process) finish(code int, signal string) {
	p.end.Do(func() {
		p.exit = shim.Exit{Code: code, Signal: signal, StartedAt: p.started, FinishedAt: time.Now()}
		close(p.done)
	})
}

// stage is a machine with scripted containers.
type stage struct {
	mu     sync.Mutex
	begin  time.Time
	plays  map[string][]play
	runs   map[string]*process
	counts map[string]int
	lines  []string
	found  map[string]*process
}

func newStage(plays map[string][]play) *stage {
	return &stage{begin: time.Now(), plays: plays, runs: map[string]*process{}, counts: map[string]int{}, found: map[string]*process{}}
}

func (s *stage) note(format string, values ...any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.lines = append(s.lines, fmt.Sprintf("%g %s", time.Since(s.begin).Seconds(), fmt.Sprintf(format, values...)))
}

func (s *stage) current(name string) play {
	all := s.plays[name]
	if len(all) == 0 {
		return play{}
	}
	return all[min(s.counts[name]-1, len(all)-1)]
}

func (s *stage) Start(_ context.Context, name string) (Running, error) {
	s.mu.Lock()
	s.counts[name]++
	now := s.current(name)
	run := &process{started: time.Now(), done: make(chan struct{})}
	s.runs[name] = run
	s.mu.Unlock()
	if now.err != nil {
		return nil, now.err
	}
	s.note("%s starts", name)
	if now.lasts > 0 {
		time.AfterFunc(now.lasts, func() { run.finish(now.code, "") })
	}
	return run, nil
}

func (s *stage) Find(name string) (Running, bool) {
	run, there := s.found[name]
	if there {
		s.mu.Lock()
		s.counts[name]++
		s.runs[name] = run
		s.mu.Unlock()
	}
	return run, there
}

func (s *stage) Signal(name, signal string) error {
	s.note("%s gets %s", name, signal)
	s.mu.Lock()
	now, run := s.current(name), s.runs[name]
	s.mu.Unlock()
	if !now.deaf {
		time.AfterFunc(now.slow, func() { run.finish(now.code, "") })
	}
	return nil
}

func (s *stage) Kill(name string) error {
	s.note("%s is killed", name)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.runs[name].finish(137, "SIGKILL")
	return nil
}

func (s *stage) Remove(string) {}

func (s *stage) LastWords(string, bool) string { return "" }

func (s *stage) log(prefixes ...string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	var kept []string
	for _, line := range s.lines {
		_, what, _ := strings.Cut(line, " ")
		if len(prefixes) == 0 || slices.ContainsFunc(prefixes, func(p string) bool { return strings.HasPrefix(what, p) }) {
			kept = append(kept, line)
		}
	}
	return strings.Join(kept, "; ")
}

// options are a pod's options, whose probes answer with `health` at that second.
func (s *stage) options(spec contract.Pod, health map[string]func(second int) bool) Options {
	return Options{
		Pod:     spec,
		Machine: s,
		Logf:    func(string, ...any) {},
		Check: func(name string, check contract.Check) probe.Check {
			return func(context.Context) (bool, string, error) {
				key := name + "/" + check.Exec[0]
				return health[key](int(time.Since(s.begin).Seconds())), "answer", nil
			}
		},
		Hook: func(ctx context.Context, name string, hook contract.Hook) error {
			if hook.Sleep != nil {
				s.note("%s hook", name)
				select {
				case <-time.After(seconds(*hook.Sleep)):
					return nil
				case <-ctx.Done():
					return ctx.Err()
				}
			}
			return errors.New("hook failed")
		},
	}
}

func from(second int) func(int) bool   { return func(now int) bool { return now >= second } }
func exec(name string) contract.Check  { return contract.Check{Exec: []string{name}} }
func asks(name string) *contract.Probe { return asksEach(name, 10) }

func asksEach(name string, period int64) *contract.Probe {
	return &contract.Probe{Check: exec(name), PeriodSeconds: period, TimeoutSeconds: 1, SuccessThreshold: 1, FailureThreshold: 3}
}

// perform runs a pod and stops it at a second, unless it ended before.
func perform(t *testing.T, spec contract.Pod, job *contract.Job, plays map[string][]play, health map[string]func(int) bool, stopAt int, check func(*stage, *Pod, Outcome)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		s := newStage(plays)
		options := s.options(spec, health)
		options.Job = job
		p := New(options)
		go func() {
			last := false
			for {
				changed := p.Changed()
				if ready := p.Status().Ready; ready != last {
					last = ready
					s.note("ready=%v", ready)
				}
				select {
				case <-changed:
				case <-t.Context().Done():
					return
				}
			}
		}()
		if stopAt >= 0 {
			time.AfterFunc(time.Duration(stopAt)*time.Second, func() { p.Stop("test") })
		}
		outcome := p.Run(t.Context())
		synctest.Wait()
		check(s, p, outcome)
	})
}

// want compares the events; the order within one second is not defined.
func want(t *testing.T, got, want string) {
	t.Helper()
	if inOrder(got) != inOrder(want) {
		t.Errorf("\n got: %s\nwant: %s", got, want)
	}
}

func inOrder(log string) string {
	lines := strings.Split(log, "; ")
	slices.SortStableFunc(lines, func(a, b string) int {
		var first, second float64
		fmt.Sscan(a, &first)
		fmt.Sscan(b, &second)
		return cmp.Or(cmp.Compare(first, second), strings.Compare(a, b))
	})
	return strings.Join(lines, "; ")
}
