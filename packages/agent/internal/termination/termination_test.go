package termination

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"golang.org/x/sys/unix"
	"i2kit.dev/agent/internal/aws"
)

type metadata func() (state string, spot bool, err error)

func (m metadata) TargetState(context.Context) (string, error) {
	state, _, err := m()
	return state, err
}

func (m metadata) SpotInterruption(context.Context) (bool, error) {
	_, spot, err := m()
	return spot, err
}

func TestWatch(t *testing.T) {
	for name, test := range map[string]struct {
		answers func(second int) (string, bool, error)
		pressed int
		want    Cause
		after   int
	}{
		"by its group": {func(second int) (string, bool, error) {
			switch {
			case second < 20:
				return "InService", false, nil
			case second < 40:
				return "Terminated", true, errors.New("no answer")
			}
			return "Terminated", false, nil
		}, 0, Cause{"its Auto Scaling group terminates it", true}, 40},
		"by spot":       {func(second int) (string, bool, error) { return "InService", second > 9, nil }, 0, Cause{Reason: "a spot interruption"}, 10},
		"by the button": {func(int) (string, bool, error) { return "", false, nil }, 7, Cause{Reason: "pressed"}, 7},
		"not at all":    {func(int) (string, bool, error) { return "", false, nil }, 0, Cause{}, 100},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				begin := time.Now()
				answers := metadata(func() (string, bool, error) { return test.answers(int(time.Since(begin).Seconds())) })
				button := make(chan string, 1)
				if test.pressed > 0 {
					time.AfterFunc(time.Duration(test.pressed)*time.Second, func() { button <- "pressed" })
				}
				ctx, cancel := context.WithTimeout(t.Context(), 100*time.Second)
				defer cancel()
				if got := Watch(ctx, answers, button, Every); got != test.want || int(time.Since(begin).Seconds()) != test.after {
					t.Error(got, time.Since(begin))
				}
			})
		})
	}
}

// group is an Auto Scaling group with a timetable of states; it refuses what AWS refuses.
type group struct {
	begin     time.Time
	states    map[int]string
	silent    func(second int) bool
	throttled int
	calls     []string
}

func (g *group) second() int { return int(time.Since(g.begin).Seconds()) }

func (g *group) state() (found string) {
	last := -1
	for from, state := range g.states {
		if from <= g.second() && from > last {
			last, found = from, state
		}
	}
	return found
}

func (g *group) note(what string) { g.calls = append(g.calls, fmt.Sprintf("%d %s", g.second(), what)) }

func (g *group) Membership(_ context.Context, instance string) (aws.Membership, error) {
	if instance != "i-1" || g.silent != nil && g.silent(g.second()) {
		return aws.Membership{}, errors.New("no answer")
	}
	if g.state() == "" {
		return aws.Membership{}, nil
	}
	return aws.Membership{Group: "g", State: g.state()}, nil
}

func (g *group) Heartbeat(_ context.Context, group, hook, instance string) error {
	g.note(fmt.Sprintf("beat %s %s %s", group, hook, instance))
	return nil
}

func (g *group) Complete(_ context.Context, group, hook, instance string) error {
	if g.throttled--; g.throttled >= 0 {
		g.note("throttled")
		return errors.New("throttled")
	}
	if g.state() != aws.TerminatingWait {
		g.note("refused")
		return errors.New("refused")
	}
	g.note(fmt.Sprintf("complete %s %s %s", group, hook, instance))
	return nil
}

func TestTheMachineServesUntilItsGroupHasDrainedIt(t *testing.T) {
	for name, test := range map[string]struct {
		hook    string
		states  map[int]string
		silent  func(int) bool
		pressed int
		want    int
	}{
		"drained":             {"drain", map[int]string{0: "InService", 3: "Terminating", 128: "Terminating:Wait"}, nil, 0, 130},
		"no hook":             {"", map[int]string{0: "Terminating"}, nil, 0, 0},
		"in no group":         {"drain", map[int]string{0: ""}, nil, 0, 0},
		"the wait is over":    {"drain", map[int]string{0: "Terminating:Proceed"}, nil, 0, 0},
		"the button":          {"drain", map[int]string{0: "Terminating"}, nil, 33, 33},
		"no answer at times":  {"drain", map[int]string{0: "Terminating", 300: "Terminating:Wait"}, func(s int) bool { return s%60 > 5 }, 0, 300},
		"no answer, too long": {"drain", map[int]string{0: "Terminating"}, func(s int) bool { return s > 50 }, 0, 655},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				g := &group{states: test.states, silent: test.silent, begin: time.Now()}
				button := make(chan string, 1)
				if test.pressed > 0 {
					time.AfterFunc(time.Duration(test.pressed)*time.Second, func() { button <- "pressed" })
				}
				hook := &Hook{Group: g, Name: test.hook, Instance: "i-1", Every: Every, Button: button, Logf: t.Logf}
				hook.AwaitDrained(t.Context())
				if g.second() != test.want {
					t.Error(g.second())
				}
			})
		})
	}
}

func TestHold(t *testing.T) {
	for name, test := range map[string]struct {
		hook   string
		states map[int]string
		want   string
	}{
		"it waits":    {"drain", map[int]string{0: "Terminating:Wait"}, "0 beat g drain i-1; 30 beat g drain i-1; 60 beat g drain i-1"},
		"it drains":   {"drain", map[int]string{0: "Terminating", 50: "Terminating:Wait"}, "60 beat g drain i-1"},
		"it serves":   {"drain", map[int]string{0: "InService"}, ""},
		"no hook":     {"", map[int]string{0: "Terminating:Wait"}, ""},
		"in no group": {"drain", map[int]string{0: ""}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				g := &group{states: test.states, begin: time.Now()}
				hook := &Hook{Group: g, Name: test.hook, Instance: "i-1", Every: Every, Logf: t.Logf}
				ctx, stop := context.WithTimeout(t.Context(), 75*time.Second)
				defer stop()
				hook.Hold(ctx)
				if got := strings.Join(g.calls, "; "); got != test.want {
					t.Error(got)
				}
			})
		})
	}
}

func TestComplete(t *testing.T) {
	for name, test := range map[string]struct {
		hook      string
		states    map[int]string
		throttled int
		want      string
		after     int
	}{
		"it waits":             {"drain", map[int]string{0: "Terminating:Wait"}, 0, "0 complete g drain i-1", 0},
		"throttled":            {"drain", map[int]string{0: "Terminating:Wait"}, 2, "0 throttled; 5 throttled; 10 complete g drain i-1", 10},
		"it drains still":      {"drain", map[int]string{0: "Terminating", 3000: "Terminating:Wait"}, 0, "3000 complete g drain i-1", 3000},
		"the wait ends before": {"drain", map[int]string{0: "Terminating:Wait", 12: "Terminating:Proceed"}, 9, "0 throttled; 5 throttled; 10 throttled", 15},
		"it serves":            {"drain", map[int]string{0: "InService"}, 0, "", 0},
		"no hook":              {"", map[int]string{0: "Terminating:Wait"}, 0, "", 0},
		"in no group":          {"drain", map[int]string{0: ""}, 0, "", 0},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				g := &group{states: test.states, throttled: test.throttled, begin: time.Now()}
				hook := &Hook{Group: g, Name: test.hook, Instance: "i-1", Every: Every, Logf: t.Logf}
				hook.Complete(t.Context())
				if got := strings.Join(g.calls, "; "); got != test.want || g.second() != test.after {
					t.Error(got, g.second())
				}
			})
		})
	}
	synctest.Test(t, func(t *testing.T) {
		g := &group{states: map[int]string{0: "Terminating:Wait"}, throttled: 1000, begin: time.Now()}
		(&Hook{Group: g, Name: "drain", Instance: "i-1", Every: Every, Logf: t.Logf}).Complete(t.Context())
		if s := g.second(); s < 600 || s > 610 {
			t.Error("it is tried for", s)
		}
	})
}

func event(kind, code uint16, value uint32) []byte {
	out := make([]byte, 16)
	out = binary.LittleEndian.AppendUint16(out, kind)
	out = binary.LittleEndian.AppendUint16(out, code)
	return binary.LittleEndian.AppendUint32(out, value)
}

func TestPowerButton(t *testing.T) {
	if !Pressed(event(1, 116, 1)) || Pressed(event(1, 116, 0)) || Pressed(event(1, 30, 1)) || Pressed(event(0, 0, 0)) {
		t.Error("another event is a press")
	}
	device := filepath.Join(t.TempDir(), "event0")
	if err := unix.Mkfifo(device, 0o600); err != nil {
		t.Fatal(err)
	}
	told := PowerButton(t.Context(), filepath.Join(filepath.Dir(device), "event*"))
	file, err := os.OpenFile(device, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	file.Write(append(event(1, 30, 1), event(1, 116, 1)...))
	select {
	case why := <-told:
		if why == "" {
			t.Error("no reason")
		}
	case <-time.After(5 * time.Second):
		t.Error("not told")
	}
}
