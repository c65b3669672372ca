package runtime_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"
	"i2kit.dev/agent/internal/boot"
	"i2kit.dev/agent/internal/contract"
	"i2kit.dev/agent/internal/logbuffer"
	"i2kit.dev/agent/internal/machinetest"
	"i2kit.dev/agent/internal/oci"
	agentruntime "i2kit.dev/agent/internal/runtime"
)

// sockets builds testdata/sockets for an architecture and returns its path.
func sockets(t *testing.T, arch string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "sockets-"+arch)
	build := exec.Command("go", "build", "-trimpath", "-o", path, "./testdata/sockets")
	build.Env = append(os.Environ(), "CGO_ENABLED=0", "GOOS=linux", "GOARCH="+arch)
	if output, err := build.CombinedOutput(); err != nil {
		t.Fatal(err, string(output))
	}
	return path
}

// ownNetwork gives this thread and its children a network namespace with the settings of a machine.
func ownNetwork(t *testing.T) {
	t.Helper()
	runtime.LockOSThread() // never unlocked: the thread ends with the test
	if err := unix.Unshare(unix.CLONE_NEWNET); err != nil {
		t.Fatal(err)
	}
	for _, each := range boot.NetworkDefaults {
		if err := (boot.Linux{}).Sysctl(each.Name, each.Value); err != nil {
			t.Fatal(each.Name, err)
		}
	}
}

// A container cannot open a packet socket in any way. Sockets that programs use are allowed.
func TestSockets(t *testing.T) {
	machinetest.Need(t)
	const none = "packet false, packet-high false, xdp false, xdp-high false, raw false, "
	const always = "unix true, inet true, inet6 true, netlink true, ping true"
	native := sockets(t, runtime.GOARCH)
	for name, test := range map[string]struct {
		security *contract.Security
		want     string
	}{
		"usual":            {nil, none + always},
		"not root":         {&contract.Security{User: ptr(int64(1000)), DropCapabilities: []string{"ALL"}}, none + always},
		"NET_ADMIN":        {&contract.Security{AddCapabilities: []string{"NET_ADMIN"}}, none + always},
		"NET_RAW, by name": {&contract.Security{AddCapabilities: []string{"NET_RAW"}}, "packet true, packet-high true, xdp true, xdp-high true, raw true, " + always},
	} {
		t.Run(name, func(t *testing.T) { inContainer(t, test.security, native, test.want) })
	}
	if runtime.GOARCH == "amd64" {
		// The kernel ends a thread that makes such a call, so there is no output.
		t.Run("x32", func(t *testing.T) { ends(t, native, "exec /bin/sockets x32") })
		t.Run("32 bits", func(t *testing.T) { ends(t, sockets(t, "386"), "exec /bin/sockets") })
	}
}

// placed starts a container with a program in its image, in a network namespace.
func placed(t *testing.T, security *contract.Security, program, script string) (said func() string, process *agentruntime.Process) {
	t.Helper()
	ownNetwork(t)
	r := machine(t, func(in *oci.Input) { in.Container.Security = security }, map[string]string{"c": script})
	text, err := os.ReadFile(program)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(r.Launches["c"].Lower, "bin", "sockets"), text, 0o755); err != nil {
		t.Fatal(err)
	}
	return func() string {
		return strings.ReplaceAll(strings.TrimSpace(logbuffer.Tail(r.LogBuffer("c"), time.Time{}, 10000)), "\n", ", ")
	}, start(t, r, "c")
}

// inContainer runs a program in a container and compares its output.
func inContainer(t *testing.T, security *contract.Security, program, want string) {
	t.Helper()
	said, process := placed(t, security, program, "exec /bin/sockets")
	wait(t, process)
	if said() != want {
		t.Errorf("\n got: %s\nwant: %s\n%+v", said(), want, process.Exit())
	}
}

// ends runs a program that the kernel ends. If it ends one thread only, the others hang.
func ends(t *testing.T, program, script string) {
	t.Helper()
	said, process := placed(t, nil, program, script)
	select {
	case <-process.Done():
		if process.Exit().Code == 0 {
			t.Error("it went on")
		}
	case <-time.After(time.Second):
	}
	if said() != "" {
		t.Error(said())
	}
}
