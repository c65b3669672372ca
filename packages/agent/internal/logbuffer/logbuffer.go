// Package logbuffer stores a container's output on the machine: a rotated file, written by the container's shim and
// read by the agent. Either may be restarted without the other.
package logbuffer

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"time"
)

const (
	// MostBytes is the size at which the file is rotated; two files are kept.
	MostBytes = 4 << 20
	// MostLine is the maximum size of a line in one record.
	MostLine = 32 << 10

	current  = "log"
	previous = "log.1"
)

// Writer appends records: time in nanoseconds, stream, F (whole line) or P (a part, to be continued), and the bytes.
type Writer struct {
	mu   sync.Mutex
	dir  string
	file *os.File
	size int64
	most int64
}

// Open opens a folder's log buffer for writing.
func Open(dir string, most int64) (*Writer, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	w := &Writer{dir: dir, most: most}
	return w, w.open()
}

func (w *Writer) open() error {
	file, err := os.OpenFile(filepath.Join(w.dir, current), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	info, err := file.Stat()
	if err != nil {
		return err
	}
	w.file, w.size = file, info.Size()
	return nil
}

// Write appends one record.
func (w *Writer) Write(at time.Time, stream string, line []byte, whole bool) error {
	mark := "F"
	if !whole {
		mark = "P"
	}
	record := append(fmt.Appendf(nil, "%d %s %s ", at.UnixNano(), stream, mark), line...)
	record = append(record, '\n')
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.size+int64(len(record)) > w.most && w.size > 0 {
		w.file.Close()
		if err := os.Rename(filepath.Join(w.dir, current), filepath.Join(w.dir, previous)); err != nil {
			return err
		}
		if err := w.open(); err != nil {
			return err
		}
	}
	n, err := w.file.Write(record)
	w.size += int64(n)
	return err
}

// Close closes the file.
func (w *Writer) Close() error { return w.file.Close() }

// Record is one line, or a part of one.
type Record struct {
	At     time.Time
	Stream string
	Whole  bool
	Line   []byte
}

func parse(text []byte) (Record, bool) {
	fields := bytes.SplitN(text, []byte(" "), 4)
	if len(fields) != 4 {
		return Record{}, false
	}
	nanos, err := strconv.ParseInt(string(fields[0]), 10, 64)
	return Record{At: time.Unix(0, nanos), Stream: string(fields[1]), Whole: string(fields[2]) == "F", Line: bytes.Clone(fields[3])}, err == nil
}

// Tail returns the last lines of a log buffer since a time, at most this many bytes: the last output of a container
// before it ended.
func Tail(dir string, since time.Time, most int) string {
	var text []byte
	for _, name := range []string{previous, current} {
		part, _ := os.ReadFile(filepath.Join(dir, name))
		text = append(text, part...)
	}
	var out []byte
	for _, line := range bytes.Split(text, []byte("\n")) {
		if record, ok := parse(line); ok && !record.At.Before(since) {
			out = append(append(out, record.Line...), '\n')
		}
	}
	out = bytes.TrimRight(out, "\n")
	if len(out) > most {
		out = out[len(out)-most:]
	}
	return string(out)
}
