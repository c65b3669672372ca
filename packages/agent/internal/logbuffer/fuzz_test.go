package logbuffer

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// Whatever is in a log buffer, it is read to its end, and what the writer wrote after it is read as it was written.
func FuzzReader(f *testing.F) {
	f.Add([]byte("1 stdout F hello\n"), []byte("world"))
	f.Add([]byte("1 stdout\n\n \n-9223372036854775808 e P \n"), []byte(""))
	f.Add([]byte("99999999999999999999 stdout F x\n"), []byte("\x00\xff"))
	f.Fuzz(func(t *testing.T, text, line []byte) {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, current), append(bytes.Clone(text), '\n'), 0o600); err != nil {
			t.Fatal(err)
		}
		line = bytes.ReplaceAll(line, []byte("\n"), nil)
		writer, err := Open(dir, 64<<20)
		if err != nil {
			t.Fatal(err)
		}
		defer writer.Close()
		if err := writer.Write(time.Unix(1, 0), "stderr", line, true); err != nil {
			t.Fatal(err)
		}
		reader := Follow(dir, Position{})
		defer reader.Close()
		var last Record
		for {
			found, err := reader.Next(1 << 20)
			if err != nil {
				t.Fatal(err)
			}
			if len(found) == 0 {
				break
			}
			last = found[len(found)-1]
		}
		if !bytes.Equal(last.Line, line) || last.Stream != "stderr" || !last.Whole {
			t.Errorf("%q is read as %+v", line, last)
		}
		if len(Tail(dir, time.Time{}, 100)) > 100 {
			t.Error("the tail is too long")
		}
	})
}
