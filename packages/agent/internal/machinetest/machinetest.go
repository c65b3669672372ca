// Package machinetest lets tests run real containers: on a machine with runc and a static busybox, as root, in a
// mount namespace of their own. Elsewhere the tests are skipped with a message.
package machinetest

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"

	"i2kit.dev/agent/internal/runtime"
	"i2kit.dev/agent/internal/shim"
)

const inside = "I2KIT_TEST_NAMESPACE"

// Main is a TestMain: the test's own binary acts as the agent's shim of containers.
func Main(m *testing.M) {
	if len(os.Args) > 1 {
		switch os.Args[1] {
		case "shim":
			if err := shim.Run(os.Args[2]); err != nil {
				fmt.Fprintln(os.Stderr, err)
				os.Exit(1)
			}
			os.Exit(0)
		case "pause":
			runtime.Pause(os.Args[2:])
		}
	}
	if os.Getenv(inside) == "" && missing() == "" {
		// The mounts of a test that dies end with its namespace.
		command := exec.Command("/proc/self/exe", os.Args[1:]...)
		command.Env = append(os.Environ(), inside+"=1")
		command.Stdin, command.Stdout, command.Stderr = os.Stdin, os.Stdout, os.Stderr
		command.SysProcAttr = &syscall.SysProcAttr{Cloneflags: syscall.CLONE_NEWNS}
		err := command.Run()
		if command.ProcessState == nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(command.ProcessState.ExitCode())
	}
	if os.Getenv(inside) != "" {
		syscall.Mount("", "/", "", syscall.MS_REC|syscall.MS_PRIVATE, "")
	}
	os.Exit(m.Run())
}

func missing() string {
	if os.Geteuid() != 0 {
		return "root"
	}
	for _, program := range []string{"runc", "busybox"} {
		if _, err := exec.LookPath(program); err != nil {
			return program
		}
	}
	return ""
}

// Need skips a test with a message if real containers cannot run.
func Need(t testing.TB) {
	t.Helper()
	what := missing()
	if what == "" && os.Getenv(inside) == "" {
		what = "a mount namespace"
	}
	if what != "" {
		Skip(t, "needs "+what+", so it ran no container")
	}
}

// Skip skips a test with a message. If I2KIT_TEST_MACHINE is `required`, the test fails instead.
func Skip(t testing.TB, why string) {
	t.Helper()
	if os.Getenv("I2KIT_TEST_MACHINE") == "required" {
		t.Fatal(why)
	}
	fmt.Fprintf(os.Stderr, "SKIPPED: %s: %s\n", t.Name(), why)
	t.Skip(why)
}

// Agent builds the agent as a static program and returns its path. The test's own binary needs shared libraries, so it cannot start in an empty
// root.
func Agent(t testing.TB) string {
	t.Helper()
	folder, err := os.MkdirTemp("", "ag")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(folder) })
	path := filepath.Join(folder, "i2kit-agent")
	build := exec.Command("go", "build", "-buildvcs=false", "-o", path, "i2kit.dev/agent/cmd/i2kit-agent")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if output, err := build.CombinedOutput(); err != nil {
		t.Fatal(err, string(output))
	}
	return path
}

// Root makes a root file system of busybox.
func Root(t testing.TB, dir string) {
	t.Helper()
	busybox, err := exec.LookPath("busybox")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"bin", "etc", "proc", "sys", "dev", "tmp", "root"} {
		if err := os.MkdirAll(filepath.Join(dir, name), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	os.Chmod(filepath.Join(dir, "tmp"), 0o777|os.ModeSticky)
	program, err := os.ReadFile(busybox)
	if err != nil {
		t.Fatal(err)
	}
	write := func(path, text string, mode os.FileMode) {
		if err := os.WriteFile(filepath.Join(dir, path), []byte(text), mode); err != nil {
			t.Fatal(err)
		}
	}
	write("bin/busybox", string(program), 0o755)
	for _, name := range []string{"sh", "sleep", "echo", "cat", "id", "ls", "httpd", "nc", "wget", "env", "touch", "test", "kill", "true", "false", "head", "grep", "ps", "dd", "mkdir", "hostname", "stat"} {
		os.Symlink("busybox", filepath.Join(dir, "bin", name))
	}
	write("etc/passwd", "root:x:0:0:root:/root:/bin/sh\napp:x:1000:1001:app:/srv:/bin/sh\n", 0o644)
	write("etc/group", "root:x:0:\napp:x:1001:\nextra:x:7:app\n", 0o644)
}
