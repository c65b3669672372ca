package runtime_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	specs "github.com/opencontainers/runtime-spec/specs-go"
	"i2kit.dev/agent/internal/contract"
	"i2kit.dev/agent/internal/logbuffer"
	"i2kit.dev/agent/internal/machinetest"
	"i2kit.dev/agent/internal/oci"
	"i2kit.dev/agent/internal/runtime"
)

func ptr[T any](value T) *T { return &value }

// machine prepares containers that run these scripts.
func machine(t *testing.T, change func(*oci.Input), scripts map[string]string) *runtime.Runc {
	t.Helper()
	machinetest.Need(t)
	// Short, because the path of a terminal's socket has at most 108 characters.
	state, err := os.MkdirTemp("", "ag")
	if err != nil {
		t.Fatal(err)
	}
	lower := filepath.Join(state, "image")
	machinetest.Root(t, lower)
	os.MkdirAll(filepath.Join(state, "shm"), 0o1777)
	r := &runtime.Runc{Binary: "runc", Self: "/proc/self/exe", State: state, Scratch: filepath.Join(state, "scratch"), Launches: map[string]runtime.Launch{}}
	// An overlay's upper layer cannot be on an overlay, but it can be on a tmpfs.
	os.MkdirAll(r.Scratch, 0o755)
	if err := syscall.Mount("tmpfs", r.Scratch, "tmpfs", 0, ""); err != nil {
		t.Fatal(err)
	}
	for name, script := range scripts {
		env, _ := contract.Resolve(nil, contract.Sources{})
		in := oci.Input{
			Container: contract.Container{Name: name, Command: []string{"/bin/sh", "-c", script}}, Env: env,
			Root: filepath.Join(state, "containers", name, "rootfs"), Cgroup: "/i2kit-test/" + filepath.Base(state) + "/" + name, Shm: filepath.Join(state, "shm"), Hostname: "test",
		}
		if change != nil {
			change(&in)
		}
		spec, err := oci.Spec(in)
		if err != nil {
			t.Fatal(err)
		}
		r.Launches[name] = runtime.Launch{Spec: spec, Lower: lower, TTY: spec.Process.Terminal, Message: filepath.Join(state, name+".message")}
	}
	t.Cleanup(func() {
		for name := range scripts {
			r.Kill(name)
			r.Remove(name)
		}
		syscall.Unmount(r.Scratch, syscall.MNT_DETACH)
		os.RemoveAll(state)
		for _, pattern := range []string{"/sys/fs/cgroup/*/i2kit-test", "/sys/fs/cgroup/i2kit-test"} {
			found, _ := filepath.Glob(pattern)
			for _, group := range found {
				os.Remove(filepath.Join(group, filepath.Base(state)))
				os.Remove(group)
			}
		}
	})
	return r
}

func start(t *testing.T, r *runtime.Runc, name string) *runtime.Process {
	t.Helper()
	process, err := r.Start(t.Context(), name)
	if err != nil {
		t.Fatal(err)
	}
	return process
}

func wait(t *testing.T, process *runtime.Process) {
	t.Helper()
	select {
	case <-process.Done():
	case <-time.After(20 * time.Second):
		t.Fatal("it does not end")
	}
}

func TestExitAndOutput(t *testing.T) {
	r := machine(t, nil, map[string]string{"c": "echo out; echo err >&2; touch /here; exit 7"})
	for range 2 {
		process := start(t, r, "c")
		wait(t, process)
		if exit := process.Exit(); exit.Code != 7 || exit.Signal != "" || exit.Error != "" || exit.FinishedAt.Before(exit.StartedAt) {
			t.Errorf("%+v", exit)
		}
	}
	if got := logbuffer.Tail(r.LogBuffer("c"), time.Time{}, 1000); strings.Count(got, "out") != 2 || strings.Count(got, "err") != 2 {
		t.Errorf("%q", got)
	}
}

func TestEachStartHasAFreshRoot(t *testing.T) {
	r := machine(t, nil, map[string]string{"c": "test ! -e /here && touch /here"})
	for range 2 {
		process := start(t, r, "c")
		wait(t, process)
		if exit := process.Exit(); exit.Code != 0 {
			t.Errorf("%+v", exit)
		}
	}
}

func TestACommandThatIsNotThere(t *testing.T) {
	r := machine(t, func(in *oci.Input) { in.Container.Command = []string{"/no/such"} }, map[string]string{"c": ""})
	process := start(t, r, "c")
	wait(t, process)
	if exit := process.Exit(); exit.Code != 128 || !strings.Contains(exit.Error, "/no/such") {
		t.Errorf("%+v", exit)
	}
}

func TestSignals(t *testing.T) {
	r := machine(t, nil, map[string]string{"polite": `trap "echo bye; exit 3" TERM; while :; do sleep 0.05; done`, "deaf": `trap "" TERM; while :; do sleep 1; done`})
	polite, deaf := start(t, r, "polite"), start(t, r, "deaf")
	time.Sleep(200 * time.Millisecond)
	for _, name := range []string{"polite", "deaf"} {
		if err := r.Signal(name, "SIGTERM"); err != nil {
			t.Fatal(err)
		}
	}
	wait(t, polite)
	if exit := polite.Exit(); exit.Code != 3 {
		t.Errorf("%+v", exit)
	}
	select {
	case <-deaf.Done():
		t.Fatal("it ended")
	case <-time.After(300 * time.Millisecond):
	}
	if err := r.Kill("deaf"); err != nil {
		t.Fatal(err)
	}
	wait(t, deaf)
	if exit := deaf.Exit(); exit.Code != 137 || exit.Signal != "SIGKILL" {
		t.Errorf("%+v", exit)
	}
}

func TestExec(t *testing.T) {
	r := machine(t, func(in *oci.Input) {
		in.Container.Security = &contract.Security{User: ptr(int64(1000))}
		in.Passwd = "app:x:1000:1001:app:/srv:/bin/sh\n"
	}, map[string]string{"c": "sleep 100"})
	start(t, r, "c")
	code, output, err := r.Exec(t.Context(), "c", []string{"sh", "-c", "id -u; id -g; echo $HOSTNAME; exit 5"})
	if err != nil || code != 5 || output != "1000\n1001\ntest\n" {
		t.Error(code, output, err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()
	begun := time.Now()
	if _, _, err := r.Exec(ctx, "c", []string{"sleep", "77"}); err == nil || time.Since(begun) > 5*time.Second {
		t.Error(err, time.Since(begun))
	}
	if _, output, _ := r.Exec(t.Context(), "c", []string{"ps"}); strings.Contains(output, "sleep 77") {
		t.Error("the command outlived its time:\n", output)
	}
}

// The container does not notice the agent's restart, and the new agent finds it, running or ended.
func TestFind(t *testing.T) {
	r := machine(t, nil, map[string]string{"runs": "sleep 0.5; exit 4", "ended": "exit 6"})
	runs, ended := start(t, r, "runs"), start(t, r, "ended")
	wait(t, ended)
	again := &runtime.Runc{Binary: r.Binary, Self: r.Self, State: r.State, Scratch: r.Scratch, Launches: r.Launches}
	found, there := again.Find("runs")
	if !there || !found.StartedAt().Equal(runs.StartedAt()) {
		t.Fatal(found, there)
	}
	wait(t, found)
	if exit := found.Exit(); exit.Code != 4 {
		t.Errorf("%+v", exit)
	}
	found, there = again.Find("ended")
	if !there {
		t.Fatal("not found")
	}
	wait(t, found)
	if exit := found.Exit(); exit.Code != 6 {
		t.Errorf("%+v", exit)
	}
	if _, there := again.Find("other"); there {
		t.Error("found a container that never existed")
	}
}

func TestTerminal(t *testing.T) {
	r := machine(t, func(in *oci.Input) { in.Container.Tty = ptr(true) }, map[string]string{"c": "test -t 1 && echo a terminal; echo $TERM"})
	process := start(t, r, "c")
	wait(t, process)
	if got := logbuffer.Tail(r.LogBuffer("c"), time.Time{}, 1000); process.Exit().Code != 0 || !strings.Contains(got, "a terminal") || !strings.Contains(got, "xterm") {
		t.Errorf("%+v %q", process.Exit(), got)
	}
}

func TestWhatTheContainerMayDo(t *testing.T) {
	r := machine(t, func(in *oci.Input) {
		in.Image.Config.User = "app"
		in.Passwd, in.Group = "app:x:1000:1001:app:/srv:/bin/sh\n", "extra:x:7:app\n"
		in.FSGroup = ptr(int64(2000))
		in.Container.Security = &contract.Security{ReadOnlyRoot: ptr(true), AllowPrivilegeEscalation: ptr(false), AddCapabilities: []string{"NET_BIND_SERVICE"}, DropCapabilities: []string{"ALL"}}
		in.Container.Resources = &contract.Resources{MemoryLimit: ptr(int64(32 << 20)), CpuLimit: ptr(int64(500))}
	}, map[string]string{"c": "id; grep CapBnd /proc/self/status; grep NoNewPrivs /proc/self/status; grep Seccomp: /proc/self/status; touch /x 2>&1; ls /proc/1/root >/dev/null && echo own pids; ls -l /dev/shm/. >/dev/null && echo shm; cat /sys/fs/cgroup/memory.max /sys/fs/cgroup/memory/memory.limit_in_bytes 2>/dev/null"})
	process := start(t, r, "c")
	wait(t, process)
	got := logbuffer.Tail(r.LogBuffer("c"), time.Time{}, 10000)
	for _, want := range []string{
		"uid=1000(app) gid=1001(app) groups=7(extra),1001(app),2000", "CapBnd:\t0000000000000400", "NoNewPrivs:\t1", "Seccomp:\t2", "Read-only file system", "shm", "33554432",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not in\n%s", want, got)
		}
	}
}

// As in containerd, a VOLUME of the image is writable under a read-only root, and has the image's files and owners.
func TestImageVolumesAreWritable(t *testing.T) {
	r := machine(t, func(in *oci.Input) {
		in.Container.Security = &contract.Security{ReadOnlyRoot: ptr(true), User: ptr(int64(1000)), DropCapabilities: []string{"ALL"}}
		in.Image.Config.Volumes = map[string]struct{}{"/data": {}, "/linked": {}, "/absolute": {}, "/none/there": {}, "/etc/passwd": {}}
	}, map[string]string{"c": `cat /data/given; stat -c %u:%a /data; echo more > /data/new && echo written; touch /root-is-not 2>&1; echo x > /real/x && echo by its link; ` +
		`stat -c %u:%a /none/there; ls /outside/ 2>&1; grep -c " /data " /proc/self/mountinfo`})
	image := r.Launches["c"].Lower
	for _, folder := range []string{"data", "real"} {
		os.Mkdir(filepath.Join(image, folder), 0o700)
		os.Chown(filepath.Join(image, folder), 1000, 1000)
	}
	os.WriteFile(filepath.Join(image, "data", "given"), []byte("of the image\n"), 0o644)
	os.Symlink("real", filepath.Join(image, "linked"))
	os.Symlink("/../../../../real", filepath.Join(image, "absolute"))
	// The second start has a fresh volume.
	for range 2 {
		process := start(t, r, "c")
		wait(t, process)
	}
	got := logbuffer.Tail(r.LogBuffer("c"), r.Began("c"), 10000)
	if want := "of the image\n1000:700\nwritten\ntouch: /root-is-not: Read-only file system\nby its link\n0:755\nls: /outside/: No such file or directory\n1"; got != want {
		t.Errorf("%q", got)
	}
	if _, err := os.Stat(filepath.Join(image, "data", "new")); err == nil {
		t.Error("the image was written to")
	}
}

// packages/agent/oracle/containerd wrote the table with a real containerd, for images with these files.
func TestImageVolumesAsInContainerd(t *testing.T) {
	machinetest.Need(t)
	text, err := os.ReadFile("../../oracle/containerd/tables/volumes.json")
	if err != nil {
		t.Fatal(err)
	}
	var table []struct {
		Volume, Said    string
		ReadOnly, Fault bool
	}
	if err := json.Unmarshal(text, &table); err != nil || len(table) < 10 {
		t.Fatal(len(table), err)
	}
	for _, row := range table {
		name := strings.Trim(strings.ReplaceAll(fmt.Sprintf("%s read only %v", row.Volume, row.ReadOnly), "/", " "), " ")
		t.Run(name, func(t *testing.T) {
			place := "/" + row.Volume
			if row.Volume == "" {
				place = "/data"
			}
			script := fmt.Sprintf(`cd %s && stat -c %%u:%%g:%%a . && for f in *; do test -e $f && stat -c "$f %%u:%%g:%%a" $f; done; echo x > new 2>/dev/null && echo written`, place)
			r := machine(t, func(in *oci.Input) {
				in.Container.Security = &contract.Security{ReadOnlyRoot: &row.ReadOnly}
				if row.Volume != "" {
					in.Image.Config.Volumes = map[string]struct{}{row.Volume: {}}
				}
			}, map[string]string{"c": script})
			image := r.Launches["c"].Lower
			os.MkdirAll(filepath.Join(image, "data", "deep"), 0o700)
			os.WriteFile(filepath.Join(image, "data", "given"), []byte("of the image\n"), 0o640)
			os.Chown(filepath.Join(image, "data", "deep"), 5, 6)
			os.Chown(filepath.Join(image, "data", "given"), 1000, 1001)
			os.Chmod(filepath.Join(image, "data"), 0o700)
			os.Chmod(filepath.Join(image, "data/given"), 0o640)
			os.Chmod(filepath.Join(image, "data/deep"), 0o775|os.ModeSetgid)
			os.Chown(filepath.Join(image, "data"), 1000, 1001)
			os.Symlink("data", filepath.Join(image, "link"))
			os.Symlink("/data", filepath.Join(image, "absolute"))
			process := start(t, r, "c")
			wait(t, process)
			got := logbuffer.Tail(r.LogBuffer("c"), time.Time{}, 10000)
			// Output and errors are separate streams, so the order between them is not defined.
			words := func(text string) []string {
				return slices.Sorted(slices.Values(strings.Fields(strings.ReplaceAll(text, "/bin/sh: ", "sh: "))))
			}
			if !slices.Equal(words(got), words(row.Said)) {
				t.Errorf("\n got: %s\nwant: %s", got, row.Said)
			}
		})
	}
}

func TestMemoryLimit(t *testing.T) {
	r := machine(t, func(in *oci.Input) { in.Container.Resources = &contract.Resources{MemoryLimit: ptr(int64(16 << 20))} },
		map[string]string{"c": "exec dd if=/dev/zero of=/dev/null bs=200M count=1"})
	process := start(t, r, "c")
	wait(t, process)
	if exit := process.Exit(); exit.Code != 137 || !exit.OOMKilled {
		t.Errorf("%+v", exit)
	}
}

func TestSharedProcesses(t *testing.T) {
	r := machine(t, func(in *oci.Input) {
		// SYS_PTRACE gives access to every process that it sees.
		in.Container.Security = &contract.Security{AddCapabilities: []string{"SYS_PTRACE"}}
	}, map[string]string{"one": "exec sleep 55", "two": "exec sleep 66"})
	r.Self, r.Group = machinetest.Agent(t), "/i2kit-test/"+filepath.Base(r.State)
	path, err := r.SharedPIDs()
	if err != nil {
		t.Fatal(err)
	}
	if again, _ := r.SharedPIDs(); again != path {
		t.Error(again, path)
	}
	pause := strings.Split(path, "/")[2]
	t.Cleanup(func() {
		number, _ := strconv.Atoi(pause)
		syscall.Kill(number, syscall.SIGKILL)
		// A control group can be removed only after its process has ended.
		for range 100 {
			if _, err := os.Stat("/proc/" + pause); err != nil {
				break
			}
			time.Sleep(10 * time.Millisecond)
		}
		for _, pattern := range []string{"/sys/fs/cgroup/unified", "/sys/fs/cgroup"} {
			os.Remove(filepath.Join(pattern, r.Group, "@pause"))
		}
	})
	groups, _ := os.ReadFile("/proc/" + pause + "/cgroup")
	if want := "0::" + r.Group + "/@pause\n"; !strings.Contains(string(groups), want) {
		t.Errorf("the pause process is in\n%s", groups)
	}
	for name, launch := range r.Launches {
		for index := range launch.Spec.Linux.Namespaces {
			if launch.Spec.Linux.Namespaces[index].Type == specs.PIDNamespace {
				launch.Spec.Linux.Namespaces[index].Path = path
			}
		}
		start(t, r, name)
	}
	for command, want := range map[string]string{
		"ps":                            "sleep 66",
		"ls -a /proc/1/root/":           ".\n..\n",
		"ls -a /proc/1/cwd/":            ".\n..\n",
		"grep -c . /proc/1/mountinfo":   "1\n",
		"grep Cap /proc/1/status":       "CapInh:\t0000000000000000\nCapPrm:\t0000000000000000\nCapEff:\t0000000000000000\nCapBnd:\t0000000000000000\nCapAmb:\t0000000000000000\n",
		"grep Uid /proc/1/status":       "Uid:\t65535\t65535\t65535\t65535\n",
		"grep NoNewPriv /proc/1/status": "NoNewPrivs:\t1\n",
		"stat -c %u /proc/1/environ":    "0\n",
	} {
		if _, output, err := r.Exec(t.Context(), "one", []string{"sh", "-c", command}); err != nil || !strings.Contains(output, want) || strings.HasPrefix(want, ".\n") && output != want {
			t.Errorf("%s: %q %v", command, output, err)
		}
	}
	// The pause process reaps orphans.
	r.Exec(t.Context(), "one", []string{"sh", "-c", "(sleep 0.1 &) ; exit 0"})
	time.Sleep(300 * time.Millisecond)
	if _, output, _ := r.Exec(t.Context(), "one", []string{"ps"}); strings.Contains(output, "[sleep]") {
		t.Error("the pause process does not reap orphans:\n", output)
	}
}
