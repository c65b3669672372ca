package boot

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestEachGPUIsOneContainers(t *testing.T) {
	g := &gpus{dev: t.TempDir()}
	if _, err := g.take(1); err == nil || !strings.Contains(err.Error(), "requests 1 GPUs, and the machine has 0 left of 0") {
		t.Error(err)
	}
	for name, device := range map[string]string{"nvidia0": "/dev/null", "nvidia1": "/dev/zero", "nvidia2": "/dev/full", "nvidiactl": "/dev/tty"} {
		if err := os.Symlink(device, filepath.Join(g.dev, name)); err != nil {
			t.Fatal(err)
		}
	}
	for _, want := range []string{"/dev/nvidia0 1:3 /dev/nvidia1 1:5 /dev/nvidiactl 5:0", "/dev/nvidia2 1:7 /dev/nvidiactl 5:0"} {
		devices, err := g.take(int64(strings.Count(want, "nvidia")) - 1)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, each := range devices {
			got = append(got, each.Path, string([]byte{byte('0' + each.Major), ':', byte('0' + each.Minor)}))
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%v, not %s", got, want)
		}
	}
	if _, err := g.take(1); err == nil {
		t.Error("a fourth one")
	}
}
