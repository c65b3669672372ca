package console

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"i2kit.dev/agent/internal/logbuffer"
)

func TestSay(t *testing.T) {
	var out bytes.Buffer
	device := filepath.Join(t.TempDir(), "console")
	os.WriteFile(device, nil, 0o600)
	c := New(&out, device, time.Now())
	dir := t.TempDir()
	if err := c.OpenLogBuffer(dir); err != nil {
		t.Fatal(err)
	}
	c.Logf("container %s ended\n\x1b[31mred\x07", "web")
	c.Logf("%s", strings.Repeat("x", 5000))
	if !regexp.MustCompile(`(?m)^i2kit \[ +\d+\.\d\d\] container web ended \[31mred$`).MatchString(out.String()) {
		t.Errorf("%q", out.String())
	}
	if text, _ := os.ReadFile(device); string(text) != out.String() {
		t.Error("the console has other lines")
	}
	if len(out.String()) > 2200 {
		t.Error(len(out.String()))
	}
	if got := logbuffer.Tail(dir, time.Time{}, 10000); !strings.HasPrefix(got, "container web ended") {
		t.Error(got)
	}
}
