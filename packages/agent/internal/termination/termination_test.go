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
)

type metadata func() (string, error)

func (m metadata) Ending(context.Context) (string, error) { return m() }

func TestWatch(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		begin := time.Now()
		answers := metadata(func() (string, error) {
			switch since := time.Since(begin); {
			case since < 20*time.Second:
				return "", nil
			case since < 40*time.Second:
				return "", errors.New("no answer")
			}
			return "terminated", nil
		})
		if why := Watch(t.Context(), answers, nil, Every); why != "terminated" || time.Since(begin) != 40*time.Second {
			t.Error(why, time.Since(begin))
		}
		button := make(chan string, 1)
		time.AfterFunc(7*time.Second, func() { button <- "pressed" })
		begin = time.Now()
		if why := Watch(t.Context(), answers, button, Every); why != "pressed" || time.Since(begin) != 7*time.Second {
			t.Error(why, time.Since(begin))
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		begin = time.Now()
		if why := Watch(ctx, answers, nil, Every); why != "" {
			t.Error(why)
		}
	})
}

type group struct {
	name  string
	fails error
	calls []string
	begin time.Time
}

func (g *group) GroupOf(context.Context, string) (string, error) { return g.name, nil }

func (g *group) Heartbeat(_ context.Context, group, hook, instance string) error {
	g.calls = append(g.calls, fmt.Sprintf("%d beat %s %s %s", int(time.Since(g.begin).Seconds()), group, hook, instance))
	return g.fails
}

func (g *group) Complete(_ context.Context, group, hook, instance string) error {
	g.calls = append(g.calls, fmt.Sprintf("%d complete %s %s %s", int(time.Since(g.begin).Seconds()), group, hook, instance))
	return g.fails
}

func TestHook(t *testing.T) {
	for name, test := range map[string]struct{ hook, group, want string }{
		"there":       {"drain", "g", "0 beat g drain i-1; 30 beat g drain i-1; 60 beat g drain i-1; 75 complete g drain i-1"},
		"no hook":     {"", "g", ""},
		"in no group": {"drain", "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				g := &group{name: test.group, begin: time.Now()}
				hook := &Hook{Group: g, Name: test.hook, Instance: "i-1", Logf: t.Logf}
				ctx, stop := context.WithTimeout(t.Context(), 75*time.Second)
				defer stop()
				hook.Hold(ctx)
				<-ctx.Done()
				hook.Complete(t.Context())
				if got := strings.Join(g.calls, "; "); got != test.want {
					t.Error(got)
				}
			})
		})
	}
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
