package clock

import (
	"context"
	"net"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// serve is a time server whose clock is ahead; change corrupts its answers.
func serve(t *testing.T, ahead time.Duration, change func([]byte)) string {
	server, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { server.Close() })
	go func() {
		for {
			request := make([]byte, 48)
			_, from, err := server.ReadFrom(request)
			if err != nil {
				return
			}
			answer := make([]byte, 48)
			answer[0], answer[1] = 4<<3|4, 4
			copy(answer[24:], request[40:])
			putTime(answer[32:], time.Now().Add(ahead))
			putTime(answer[40:], time.Now().Add(ahead))
			change(answer)
			server.WriteTo(answer, from)
		}
	}()
	return server.LocalAddr().String()
}

type setter struct {
	stepped, slewed atomic.Int64
}

func (s *setter) Step(by time.Duration) error { s.stepped.Store(int64(by)); return nil }
func (s *setter) Slew(by time.Duration) error { s.slewed.Store(int64(by)); return nil }

func TestAClockThatIsFarOffIsSteppedAndOneThatIsNearIsSlewed(t *testing.T) {
	about := func(got int64, want time.Duration) bool {
		return (time.Duration(got) - want).Abs() < 50*time.Millisecond
	}
	for _, ahead := range []time.Duration{-400 * 24 * time.Hour, -time.Second, -60 * time.Millisecond, 60 * time.Millisecond, 20 * 365 * 24 * time.Hour} {
		set := &setter{}
		if err := adjust(t.Context(), serve(t, ahead, func([]byte) {}), set, t.Logf); err != nil {
			t.Fatal(err)
		}
		step, slew := ahead, time.Duration(0)
		if ahead.Abs() < far {
			step, slew = 0, ahead
		}
		if !about(set.stepped.Load(), step) || !about(set.slewed.Load(), slew) {
			t.Errorf("%s ahead: stepped by %s, slewed by %s", ahead, time.Duration(set.stepped.Load()), time.Duration(set.slewed.Load()))
		}
	}
}

func TestAnswersThatAreNoneAreNotTaken(t *testing.T) {
	for name, change := range map[string]func([]byte){
		"to another question": func(answer []byte) { answer[30]++ },
		"of a client":         func(answer []byte) { answer[0] = 4<<3 | 3 },
		"not synchronised":    func(answer []byte) { answer[0] |= 3 << 6 },
		"a kiss of death":     func(answer []byte) { answer[1] = 0 },
	} {
		set := &setter{}
		if err := adjust(t.Context(), serve(t, time.Hour, change), set, t.Logf); err == nil || set.stepped.Load() != 0 {
			t.Errorf("%s: accepted", name)
		}
	}
}

// Without an answer: one message, a retry each minute, and nothing else waits for it.
func TestAServerThatIsNotThereIsToldOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		var said []string
		go Keep(ctx, "nowhere", &setter{}, func(format string, _ ...any) { said = append(said, format) })
		time.Sleep(10 * time.Minute)
		synctest.Wait()
		cancel()
		synctest.Wait()
		if len(said) != 1 || !strings.Contains(said[0], "not set") {
			t.Errorf("%q", said)
		}
	})
}
