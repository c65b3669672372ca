package runtime

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path"
	"path/filepath"
	goruntime "runtime"
	"strconv"
	"strings"
	"syscall"
	"unsafe"

	"golang.org/x/sys/unix"
	"i2kit.dev/agent/internal/cgroup"
)

// pauseGroup is the control group of the pause process, below the pod's. The pod's group has children, so it cannot hold processes itself. No
// container can have this name.
const pauseGroup = "@pause"

// held is the argument of the pause process after it has given up its root and capabilities, and its message to the
// agent.
const held = "held"

// SharedPIDs makes the process namespace that all containers of a pod share and returns its path. A process of ours
// keeps it open and outlives the agent, as the containers do. Containers see that process, and control it if they
// have SYS_PTRACE. So it has an empty mount namespace and no capabilities, and is in the pod's control group, which
// the metadata firewall guards.
func (r *Runc) SharedPIDs() (string, error) {
	file := filepath.Join(r.State, "pause.pid")
	if text, err := os.ReadFile(file); err == nil {
		if path := fmt.Sprintf("/proc/%s/ns/pid", text); exists(path) {
			return path, nil
		}
	}
	root := filepath.Join(r.State, "pause")
	if err := os.MkdirAll(root, 0o755); err != nil {
		return "", err
	}
	pid, err := r.startPause(root)
	if err != nil {
		return "", fmt.Errorf("the shared process namespace: %w", err)
	}
	return fmt.Sprintf("/proc/%d/ns/pid", pid), os.WriteFile(file, []byte(strconv.Itoa(pid)), 0o600)
}

// startPause starts the pause process and returns when it has given up its root and capabilities.
func (r *Runc) startPause(root string) (int, error) {
	command := exec.Command(r.Self, "pause", root)
	command.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Cloneflags: syscall.CLONE_NEWPID | syscall.CLONE_NEWNS}
	command.Env = []string{"GOMAXPROCS=1"}
	if r.Group != "" {
		group, err := openGroup(path.Join(r.Group, pauseGroup))
		if err != nil {
			return 0, err
		}
		defer group.Close()
		command.SysProcAttr.UseCgroupFD, command.SysProcAttr.CgroupFD = true, int(group.Fd())
	}
	reader, writer, err := os.Pipe()
	if err != nil {
		return 0, err
	}
	defer reader.Close()
	command.ExtraFiles = []*os.File{writer}
	err = command.Start()
	writer.Close()
	if err != nil {
		return 0, err
	}
	go command.Wait()
	word, _ := io.ReadAll(io.LimitReader(reader, 1000))
	if string(word) != held {
		command.Process.Kill()
		return 0, fmt.Errorf("its first process could not be started: %s", word)
	}
	return command.Process.Pid, nil
}

func openGroup(name string) (*os.File, error) {
	mount, err := cgroup.Mount()
	if err != nil {
		return nil, err
	}
	folder := filepath.Join(mount, name)
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return nil, err
	}
	return os.Open(folder)
}

func exists(path string) bool { _, err := os.Readlink(path); return err == nil }

// Pause is the first process of a pod's shared process namespace. With a folder as argument, it makes the folder its empty root, drops its
// capabilities and executes itself again. After that it reaps orphaned processes. It reports to file descriptor 3.
func Pause(args []string) {
	writer := os.NewFile(3, "status")
	if len(args) > 0 && args[0] != held {
		fmt.Fprint(writer, confine(args[0]))
		os.Exit(1)
	}
	signal.Ignore(syscall.SIGTERM, syscall.SIGINT, syscall.SIGHUP)
	children := make(chan os.Signal, 16)
	signal.Notify(children, syscall.SIGCHLD)
	// Only processes with SYS_PTRACE may look into it.
	if err := unix.Prctl(unix.PR_SET_DUMPABLE, 0, 0, 0, 0); err != nil {
		fmt.Fprint(writer, err)
		os.Exit(1)
	}
	fmt.Fprint(writer, held)
	writer.Close()
	for range children {
		for {
			if pid, err := syscall.Wait4(-1, nil, syscall.WNOHANG, nil); pid <= 0 || err != nil {
				break
			}
		}
	}
}

// nobody is the user of Kubernetes' pause image.
const nobody = 65535

// confine makes a folder the empty root of the process, drops its capabilities and executes this program again. It returns only with an error.
// Capabilities belong to a thread, and Go has many threads; after the execution only this one is left.
func confine(root string) error {
	goruntime.LockOSThread()
	program, err := unix.Open("/proc/self/exe", unix.O_PATH|unix.O_CLOEXEC, 0)
	if err != nil {
		return err
	}
	if err := emptyRoot(root); err != nil {
		return err
	}
	last := 63
	for capability := 0; capability <= last; capability++ {
		// The kernel refuses the first number after its last capability.
		if err := unix.Prctl(unix.PR_CAPBSET_DROP, uintptr(capability), 0, 0, 0); err != nil {
			break
		}
	}
	if err := unix.Prctl(unix.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); err != nil {
		return err
	}
	for _, call := range [][4]uintptr{{unix.SYS_SETGROUPS, 0, 0, 0}, {unix.SYS_SETRESGID, nobody, nobody, nobody}, {unix.SYS_SETRESUID, nobody, nobody, nobody}} {
		if _, _, errno := syscall.RawSyscall(call[0], call[1], call[2], call[3]); errno != 0 {
			return errno
		}
	}
	return execute(program, []string{"pause", "pause", held}, []string{"GOMAXPROCS=1"})
}

// emptyRoot leaves one empty, read-only mount in the mount namespace.
func emptyRoot(root string) error {
	for _, step := range []func() error{
		func() error { return unix.Mount("", "/", "", unix.MS_REC|unix.MS_PRIVATE, "") },
		func() error {
			return unix.Mount("pause", root, "tmpfs", unix.MS_NOSUID|unix.MS_NODEV|unix.MS_NOEXEC, "size=4k,mode=0555")
		},
		func() error { return unix.Chdir(root) },
		func() error { return unix.PivotRoot(".", ".") },
		func() error { return unix.Unmount(".", unix.MNT_DETACH) },
		func() error { return unix.Chdir("/") },
		func() error {
			return unix.Mount("", "/", "", unix.MS_REMOUNT|unix.MS_BIND|unix.MS_RDONLY|unix.MS_NOSUID|unix.MS_NODEV|unix.MS_NOEXEC, "")
		},
	} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// execute replaces this process by an open program, whose path is no longer reachable.
func execute(program int, args, environment []string) error {
	arguments, err := syscall.SlicePtrFromStrings(args)
	if err != nil {
		return err
	}
	variables, err := syscall.SlicePtrFromStrings(environment)
	if err != nil {
		return err
	}
	empty, err := syscall.BytePtrFromString("")
	if err != nil {
		return err
	}
	_, _, errno := syscall.RawSyscall6(unix.SYS_EXECVEAT, uintptr(program), uintptr(unsafe.Pointer(empty)), uintptr(unsafe.Pointer(&arguments[0])),
		uintptr(unsafe.Pointer(&variables[0])), unix.AT_EMPTY_PATH, 0)
	return fmt.Errorf("%s: %w", strings.Join(args, " "), errno)
}
