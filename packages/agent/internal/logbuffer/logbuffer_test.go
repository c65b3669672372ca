package logbuffer

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

func TestWhatIsWrittenIsRead(t *testing.T) {
	dir := t.TempDir()
	writer, err := Open(dir, 400)
	if err != nil {
		t.Fatal(err)
	}
	reader := Follow(dir, Position{})
	var got []string
	read := func() {
		t.Helper()
		records, err := reader.Next(1 << 20)
		if err != nil {
			t.Fatal(err)
		}
		for _, record := range records {
			got = append(got, string(record.Line))
		}
	}
	for index := range 100 {
		if err := writer.Write(time.Unix(int64(index), 0), "1", fmt.Appendf(nil, "line %d with words", index), true); err != nil {
			t.Fatal(err)
		}
		if index%5 == 4 {
			read()
		}
		if index%20 == 19 {
			// Another reader continues from this one's position.
			reader = Follow(dir, reader.Position())
		}
	}
	read()
	if len(got) != 100 {
		t.Fatalf("%d lines", len(got))
	}
	for index, line := range got {
		if line != fmt.Sprintf("line %d with words", index) {
			t.Fatal(index, line)
		}
	}
}

func TestALostFileIsPassedOver(t *testing.T) {
	dir := t.TempDir()
	writer, _ := Open(dir, 100)
	reader := Follow(dir, Position{})
	writer.Write(time.Now(), "1", []byte("first"), true)
	reader.Next(1 << 20)
	for index := range 50 {
		writer.Write(time.Now(), "1", fmt.Appendf(nil, "line %d", index), true)
	}
	records, err := Follow(dir, reader.Position()).Next(1 << 20)
	if err != nil || len(records) == 0 || string(records[len(records)-1].Line) != "line 49" {
		t.Fatal(records, err)
	}
}

func TestPartsAndTail(t *testing.T) {
	dir := t.TempDir()
	if got := Tail(dir, time.Time{}, 10); got != "" {
		t.Error(got)
	}
	writer, _ := Open(dir, 1<<20)
	writer.Write(time.Unix(1, 0), "2", []byte("part one, "), false)
	writer.Write(time.Unix(1, 0), "2", []byte("part two"), true)
	records, _ := Follow(dir, Position{}).Next(1 << 20)
	if len(records) != 2 || records[0].Whole || !records[1].Whole || records[0].Stream != "2" || !records[0].At.Equal(time.Unix(1, 0)) {
		t.Error(records)
	}
	if got := Tail(dir, time.Time{}, 8); got != "part two" {
		t.Errorf("%q", got)
	}
	if got := Tail(dir, time.Time{}, 1000); !strings.Contains(got, "part one") {
		t.Errorf("%q", got)
	}
}
