// Package logs sends containers' output from their log buffers to CloudWatch, in batches within AWS' limits.
package logs

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"i2kit.dev/agent/internal/aws"
	"i2kit.dev/agent/internal/logbuffer"
)

// Store is CloudWatch Logs.
type Store interface {
	CreateLogStream(ctx context.Context, group, stream string) error
	PutLogEvents(ctx context.Context, group, stream string, events []aws.LogEvent) error
}

// Limits of PutLogEvents.
const (
	mostBatch  = 1 << 20
	mostEvents = 10_000
	overhead   = 26
	mostEvent  = 256<<10 - overhead
	mostSpan   = 23 * time.Hour
	every      = 2 * time.Second
)

// Shipper sends one log buffer.
type Shipper struct {
	Store  Store
	Group  string
	Stream string
	Dir    string
	Logf   func(format string, values ...any)

	partial []byte
	made    bool
	told    bool
}

// Run sends until its context ends, and then the rest, until flush ends.
func (s *Shipper) Run(ctx, flush context.Context, done *sync.WaitGroup) {
	defer done.Done()
	reader := logbuffer.Follow(s.Dir, s.position())
	defer reader.Close()
	for {
		s.ship(flush, reader)
		select {
		case <-ctx.Done():
			s.ship(flush, reader)
			return
		case <-time.After(every):
		}
	}
}

func (s *Shipper) position() (found logbuffer.Position) {
	text, err := os.ReadFile(filepath.Join(s.Dir, "position"))
	if err == nil {
		json.Unmarshal(text, &found)
	}
	return found
}

func (s *Shipper) ship(ctx context.Context, reader *logbuffer.Reader) {
	for ctx.Err() == nil {
		records, err := reader.Next(mostBatch / 2)
		if err != nil || len(records) == 0 {
			return
		}
		for _, batch := range Batches(s.events(records)) {
			if !s.put(ctx, batch) {
				return
			}
		}
		text, _ := json.Marshal(reader.Position())
		os.WriteFile(filepath.Join(s.Dir, "position"), text, 0o600)
	}
}

// events joins the parts of long lines.
func (s *Shipper) events(records []logbuffer.Record) (events []aws.LogEvent) {
	for _, record := range records {
		if s.partial = append(s.partial, record.Line...); !record.Whole && len(s.partial) <= mostEvent-logbuffer.MostLine {
			continue
		}
		message := string(s.partial)
		s.partial = s.partial[:0]
		for len(message) > mostEvent {
			events = append(events, aws.LogEvent{Timestamp: record.At.UnixMilli(), Message: message[:mostEvent]})
			message = message[mostEvent:]
		}
		if message == "" {
			// AWS refuses empty events.
			message = " "
		}
		events = append(events, aws.LogEvent{Timestamp: record.At.UnixMilli(), Message: message})
	}
	return events
}

// Batches splits events into batches for one call each, in the order of time.
func Batches(events []aws.LogEvent) (batches [][]aws.LogEvent) {
	slices.SortStableFunc(events, func(a, b aws.LogEvent) int { return int(a.Timestamp - b.Timestamp) })
	begin, size := 0, 0
	for index, event := range events {
		cost := len(event.Message) + overhead
		full := size+cost > mostBatch || index-begin == mostEvents || event.Timestamp-events[begin].Timestamp > mostSpan.Milliseconds()
		if full {
			batches = append(batches, events[begin:index])
			begin, size = index, 0
		}
		size += cost
	}
	if begin < len(events) {
		batches = append(batches, events[begin:])
	}
	return batches
}

// put retries a batch until it is accepted. A batch that AWS refuses permanently is dropped: the buffer is rotated
// meanwhile, and the newest lines matter most.
func (s *Shipper) put(ctx context.Context, batch []aws.LogEvent) bool {
	pause := time.Second
	for {
		err := s.putOnce(ctx, batch)
		switch {
		case err == nil:
			s.told = false
			return true
		case aws.IsCode(err, "InvalidParameterException", "DataAlreadyAcceptedException"):
			return true
		}
		if !s.told {
			s.told = true
			s.Logf("the log %s cannot be written: %v", s.Stream, err)
		}
		select {
		case <-ctx.Done():
			return false
		case <-time.After(pause):
		}
		pause = min(2*pause, time.Minute)
	}
}

func (s *Shipper) putOnce(ctx context.Context, batch []aws.LogEvent) error {
	if !s.made {
		if err := s.Store.CreateLogStream(ctx, s.Group, s.Stream); err != nil {
			return err
		}
		s.made = true
	}
	err := s.Store.PutLogEvents(ctx, s.Group, s.Stream, batch)
	if aws.IsCode(err, "ResourceNotFoundException") {
		s.made = false
	}
	return err
}
