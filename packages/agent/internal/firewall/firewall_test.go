package firewall

import (
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"
	"i2kit.dev/agent/internal/cgroup"
	"i2kit.dev/agent/internal/contract"
	"i2kit.dev/agent/internal/machinetest"
)

// TestMain lets the test's own program run as the process in a network namespace and a control group of its own.
func TestMain(m *testing.M) {
	switch os.Getenv("FIREWALL_TEST") {
	case "":
		os.Exit(m.Run())
	case "metadata":
		fmt.Print(reach("169.254.169.254:80", "169.254.169.254:80"), " ", reach("169.254.169.253:80", "169.254.169.253:80"), " ", reach("[fd00:ec2::254]:80", "[fd00:ec2::254]:80"))
	case "redirect":
		err := Redirect([]contract.Redirect{{Protocol: "TCP", Port: 80, To: 8080}}, []string{"127.0.0.1", "::1"})
		if err == nil {
			// Again, as a restarted agent does.
			err = Redirect([]contract.Redirect{{Protocol: "TCP", Port: 80, To: 8080}}, []string{"127.0.0.1", "::1"})
		}
		if err != nil {
			fmt.Print(err)
			return
		}
		fmt.Print(reach("127.0.0.1:8080", "127.0.0.1:80"), " ", reach("[::1]:8080", "[::1]:80"), " ", reach("127.0.0.1:8081", "127.0.0.1:81"))
	}
}

func reach(listen, dial string) string {
	listener, err := net.Listen("tcp", listen)
	if err != nil {
		return err.Error()
	}
	defer listener.Close()
	connection, err := net.DialTimeout("tcp", dial, 300*time.Millisecond)
	if err != nil {
		return "no"
	}
	connection.Close()
	return "yes"
}

// inNamespace runs this program again in a network namespace; `ip` configures the loopback's addresses.
func inNamespace(t *testing.T, what, group string) string {
	t.Helper()
	if os.Geteuid() != 0 {
		machinetest.Skip(t, "needs root")
	}
	if _, err := exec.LookPath("ip"); err != nil {
		machinetest.Skip(t, "needs ip")
	}
	script := "ip link set lo up; for a in 169.254.169.254/32 169.254.169.253/32; do ip addr add $a dev lo; done; ip addr add fd00:ec2::254/128 dev lo nodad; exec /proc/self/fd/3"
	command := exec.Command("sh", "-c", script)
	program, err := os.Open("/proc/self/exe")
	if err != nil {
		t.Fatal(err)
	}
	defer program.Close()
	command.ExtraFiles = []*os.File{program}
	command.Env = append(os.Environ(), "FIREWALL_TEST="+what)
	command.SysProcAttr = &syscall.SysProcAttr{Cloneflags: syscall.CLONE_NEWNET}
	if group != "" {
		fd, err := unix.Open(group, unix.O_RDONLY|unix.O_DIRECTORY, 0)
		if err != nil {
			t.Fatal(err)
		}
		defer unix.Close(fd)
		command.SysProcAttr.UseCgroupFD, command.SysProcAttr.CgroupFD = true, fd
	}
	output, err := command.CombinedOutput()
	if err != nil {
		t.Fatal(err, string(output))
	}
	return string(output)
}

func TestGuard(t *testing.T) {
	if got := inNamespace(t, "metadata", ""); got != "yes yes yes" {
		machinetest.Skip(t, "this machine cannot show it: "+got)
	}
	mount, err := cgroup.Mount()
	if err != nil {
		machinetest.Skip(t, err.Error())
	}
	group := fmt.Sprintf("i2kit-firewall-%d", os.Getpid())
	inner := filepath.Join(mount, group, "container")
	t.Cleanup(func() { os.Remove(inner); os.Remove(filepath.Join(mount, group)) })
	for range 2 {
		if err := Guard(group); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir(inner, 0o755); err != nil {
		t.Fatal(err)
	}
	if got := inNamespace(t, "metadata", inner); got != "no yes no" {
		t.Error(got)
	}
	target, _ := unix.Open(filepath.Join(mount, group), unix.O_RDONLY, 0)
	defer unix.Close(target)
	for _, way := range []direction{egress, ingress} {
		if count, err := attached(target, way); count != 1 || err != nil {
			t.Error(way, count, err)
		}
	}
}

func TestRedirect(t *testing.T) {
	got := inNamespace(t, "redirect", "")
	if strings.Contains(got, "not permitted") || strings.Contains(got, "not supported") {
		machinetest.Skip(t, got)
	}
	if got != "yes yes no" {
		t.Error(got)
	}
}
