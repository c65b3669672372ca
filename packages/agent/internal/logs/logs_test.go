package logs

import (
	"context"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"i2kit.dev/agent/internal/aws"
	"i2kit.dev/agent/internal/logbuffer"
)

func TestBatches(t *testing.T) {
	event := func(second int64, size int) aws.LogEvent {
		return aws.LogEvent{Timestamp: second * 1000, Message: strings.Repeat("x", size)}
	}
	many := make([]aws.LogEvent, 25_000)
	for name, test := range map[string]struct {
		events []aws.LogEvent
		want   []int
	}{
		"none":      {nil, nil},
		"one":       {[]aws.LogEvent{event(1, 1)}, []int{1}},
		"unordered": {[]aws.LogEvent{event(2, 1), event(1, 1)}, []int{2}},
		"too many":  {many, []int{10_000, 10_000, 5_000}},
		"too large": {[]aws.LogEvent{event(1, 400_000), event(1, 400_000), event(1, 400_000)}, []int{2, 1}},
		"too long":  {[]aws.LogEvent{event(0, 1), event(3600, 1), event(24*3600, 1)}, []int{2, 1}},
	} {
		t.Run(name, func(t *testing.T) {
			batches := Batches(test.events)
			if len(batches) != len(test.want) {
				t.Fatal(len(batches))
			}
			for index, batch := range batches {
				if len(batch) != test.want[index] {
					t.Error(index, len(batch))
				}
				for at := 1; at < len(batch); at++ {
					if batch[at].Timestamp < batch[at-1].Timestamp {
						t.Error("not in order")
					}
				}
			}
		})
	}
}

// store fails a given number of times.
type store struct {
	mu     sync.Mutex
	fails  []error
	made   int
	events []aws.LogEvent
}

func (s *store) CreateLogStream(context.Context, string, string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.made++
	return nil
}

func (s *store) PutLogEvents(_ context.Context, _, _ string, events []aws.LogEvent) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.fails) > 0 {
		err := s.fails[0]
		s.fails = s.fails[1:]
		return err
	}
	s.events = append(s.events, events...)
	return nil
}

func messages(events []aws.LogEvent) string {
	var all []string
	for _, event := range events {
		all = append(all, event.Message)
	}
	return strings.Join(all, "|")
}

func TestShipping(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		writer, err := logbuffer.Open(dir, 1<<20)
		if err != nil {
			t.Fatal(err)
		}
		to := &store{fails: []error{&aws.Error{Code: "ResourceNotFoundException"}, &aws.Error{Code: "AccessDeniedException"}}}
		said := 0
		run := func() func() {
			ctx, stop := context.WithCancel(t.Context())
			var done sync.WaitGroup
			done.Add(1)
			go (&Shipper{Store: to, Group: "g", Stream: "s", Dir: dir, Logf: func(string, ...any) { said++ }}).Run(ctx, t.Context(), &done)
			return func() { stop(); done.Wait() }
		}
		write := func(line string, whole bool) { writer.Write(time.Now(), "1", []byte(line), whole) }
		end := run()
		write("one", true)
		write("", true)
		write("long ", false)
		time.Sleep(10 * time.Second)
		write("line", true)
		time.Sleep(10 * time.Second)
		write("last", true)
		end()
		if got := messages(to.events); got != "one| |long line|last" || to.made != 2 || said != 1 {
			t.Errorf("%q %d %d", got, to.made, said)
		}
		// Another agent continues from this one's position.
		end = run()
		write("after", true)
		end()
		if got := messages(to.events); got != "one| |long line|last|after" {
			t.Errorf("%q", got)
		}
	})
}

func TestLongLinesAreCut(t *testing.T) {
	s := &Shipper{}
	var records []logbuffer.Record
	for range 20 {
		records = append(records, logbuffer.Record{Line: []byte(strings.Repeat("x", 32<<10))})
	}
	records = append(records, logbuffer.Record{Line: []byte("end"), Whole: true})
	events, total := s.events(records), 0
	for _, event := range events {
		total += len(event.Message)
		if len(event.Message) > mostEvent {
			t.Error(len(event.Message))
		}
	}
	if total != 20*32<<10+3 || len(events) != 3 {
		t.Error(total, len(events))
	}
}
