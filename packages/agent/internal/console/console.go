// Package console writes the agent's messages to the machine's console, the first place to look for a fault.
package console

import (
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
	"time"

	"i2kit.dev/agent/internal/logbuffer"
)

// Console writes lines.
type Console struct {
	mu     sync.Mutex
	begin  time.Time
	out    []io.Writer
	buffer *logbuffer.Writer
}

// longest is the console's limit for a line.
const longest = 2000

// New writes to a writer, and to the machine's console if it exists.
func New(out io.Writer, device string, begin time.Time) *Console {
	c := &Console{begin: begin, out: []io.Writer{out}}
	if file, err := os.OpenFile(device, os.O_WRONLY, 0); err == nil && device != "" {
		c.out = append(c.out, file)
	}
	return c
}

// OpenLogBuffer writes the lines to a log buffer, too, from which they are sent to the logs.
func (c *Console) OpenLogBuffer(dir string) error {
	writer, err := logbuffer.Open(dir, logbuffer.MostBytes/4)
	if err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.buffer = writer
	return nil
}

// Logf writes one line. It may contain output of a container, so control characters are removed.
func (c *Console) Logf(format string, values ...any) {
	text := harmless(fmt.Sprintf(format, values...))
	if len(text) > longest {
		text = text[:longest] + "…"
	}
	now := time.Now()
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, out := range c.out {
		fmt.Fprintf(out, "i2kit [%7.2f] %s\n", now.Sub(c.begin).Seconds(), text)
	}
	if c.buffer != nil {
		c.buffer.Write(now, "1", []byte(text), true)
	}
}

func harmless(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return ' '
		case r < ' ' || r >= 0x7f && r < 0xa0:
			return -1
		}
		return r
	}, text)
}
