package main

import (
	"context"
	"flag"
	"fmt"
	"net"
	"os"
	"os/signal"
	"runtime/debug"
	"sync/atomic"
	"syscall"

	"golang.org/x/sys/unix"
	"i2kit.dev/agent/internal/aws"
	"i2kit.dev/agent/internal/boot"
	"i2kit.dev/agent/internal/clock"
	"i2kit.dev/agent/internal/console"
	"i2kit.dev/agent/internal/credentials"
	"i2kit.dev/agent/internal/health"
	"i2kit.dev/agent/internal/imds"
	"i2kit.dev/agent/internal/records"
	"i2kit.dev/agent/internal/runtime"
	"i2kit.dev/agent/internal/termination"
	"i2kit.dev/agent/internal/volumes"
)

// options hold paths and addresses. The image's init sets those that differ there; tests set the rest.
type options struct {
	images, state, scratch, tools, runc, metadata, console, ready, roles, time string
}

func parse(args []string) (options, error) {
	var o options
	set := flag.NewFlagSet("run", flag.ContinueOnError)
	set.StringVar(&o.images, "images", "/containers", "folder of the containers' images: index.json, <digest>/config.json, <digest>/rootfs")
	set.StringVar(&o.state, "state", "/run/i2kit", "folder on a tmpfs, for state that ends with the machine's boot")
	set.StringVar(&o.scratch, "scratch", "/var/lib/i2kit", "folder for files that containers write outside of volumes, and for empty directories")
	set.StringVar(&o.tools, "tools", "/usr/lib/i2kit/tools", "root file system with mkfs.ext4 and similar programs, if the machine's own has none")
	set.StringVar(&o.runc, "runc", "runc", "runc")
	set.StringVar(&o.metadata, "metadata", imds.Address, "the metadata service")
	set.StringVar(&o.console, "console", "/dev/console", "file for the agent's messages, in addition to its standard error")
	set.StringVar(&o.ready, "ready", fmt.Sprint(":", health.Port), "address of the readiness endpoint")
	set.StringVar(&o.roles, "roles", fmt.Sprint("127.0.0.1:", credentials.Port), "address of the container credentials")
	set.StringVar(&o.time, "time", clock.Server, "the time server (empty: do not set the clock)")
	return o, set.Parse(args)
}

func run(args []string) error {
	o, err := parse(args)
	if err != nil {
		return err
	}
	// A machine may be small, and its memory belongs to the pod.
	debug.SetGCPercent(50)
	debug.SetMemoryLimit(20 << 20)
	adjust()

	terminal := console.New(os.Stderr, o.console, boot.Linux{}.Boot())
	if err := folders(o, terminal.Logf); err != nil {
		return err
	}
	runc := boot.Runc{Runc: &runtime.Runc{Binary: o.runc, Self: "/proc/self/exe", State: o.state, Scratch: o.scratch, Group: boot.Group}}
	if err := terminal.OpenLogBuffer(runc.LogBuffer("@agent")); err != nil {
		return err
	}
	ready, err := net.Listen("tcp", o.ready)
	if err != nil {
		return err
	}
	roles, err := net.Listen("tcp", o.roles)
	if err != nil {
		return err
	}
	asked, sent, leave := signals()
	defer leave()
	agent := &boot.Agent{
		Metadata:   imds.New(o.metadata),
		System:     machine{sent: sent},
		Containers: runc,
		Volumes: func(machine imds.Machine, ids map[string]string, cloud *aws.Client) boot.Volumes {
			return &volumes.Maker{
				State: o.state, Scratch: o.scratch, Instance: machine.InstanceID, IDs: ids, EC2: cloud,
				Find: volumes.Finder{Sys: "/sys/block", Dev: "/dev"}.Find, Logf: terminal.Logf,
				Disks: volumes.Disks{Run: volumes.Tools{Root: o.tools}.Run, Mount: volumes.Mount, Logf: terminal.Logf},
			}
		},
		Images: o.images, State: o.state, Logf: terminal.Logf, Every: termination.Every, MinUptime: boot.MinUptime, RecordsEvery: records.Every, Ready: ready, Roles: roles,
		Button: func(ctx context.Context) <-chan string {
			return merge(ctx, termination.PowerButton(ctx, "/dev/input/event*"), asked)
		},
	}
	terminal.Logf("agent %s", version)
	ctx, hangup := signal.NotifyContext(context.Background(), syscall.SIGHUP)
	defer hangup()
	if o.time != "" {
		go clock.Keep(ctx, o.time, clock.Kernel{}, terminal.Logf)
	}
	return agent.Run(ctx)
}

// signals takes SIGTERM as the machine's end. SIGHUP ends only the agent, and its successor takes over.
func signals() (<-chan string, *atomic.Bool, func()) {
	reasons, sent := make(chan string, 1), &atomic.Bool{}
	received := make(chan os.Signal, 1)
	signal.Notify(received, syscall.SIGTERM, syscall.SIGINT)
	go func() {
		for each := range received {
			sent.Store(true)
			select {
			case reasons <- fmt.Sprintf("the agent received %s", each):
			default:
			}
		}
	}()
	return reasons, sent, func() { signal.Stop(received) }
}

// machine leaves the power to the sender of a signal: init knows whether the machine shuts down or restarts.
type machine struct {
	boot.Linux
	sent *atomic.Bool
}

func (m machine) PowerOff() error {
	if m.sent.Load() {
		return nil
	}
	return m.Linux.PowerOff()
}

// folders keeps secrets in memory only. It puts the containers' writable layers where an overlay accepts them and
// programs may run: linuxkit's /var allows neither programs nor devices. That is the rest of the machine's disk if it
// has any, else memory.
func folders(o options, logf func(format string, values ...any)) error {
	inMemory := func(kind, _ int64) bool { return kind == unix.TMPFS_MAGIC || kind == unix.RAMFS_MAGIC }
	if suits, err := suitable(o.state, inMemory); err != nil {
		return err
	} else if !suits {
		if err := tmpfs(o.state); err != nil {
			return err
		}
	}
	suits, err := suitable(o.scratch, func(kind, flags int64) bool {
		return kind != unix.OVERLAYFS_SUPER_MAGIC && kind != unix.SQUASHFS_MAGIC && flags&(unix.ST_NOEXEC|unix.ST_NOSUID) == 0
	})
	if suits || err != nil {
		return err
	}
	size, err := volumes.ScratchDisk{Sys: "/sys", Dev: "/dev", Run: volumes.Tools{Root: o.tools}.Run}.Mount(context.Background(), o.scratch)
	if err == nil {
		logf("containers' files have %d MiB of the machine's disk", size>>20)
		return nil
	}
	logf("containers' files are in memory, not on the machine's disk: %v", err)
	return tmpfs(o.scratch)
}

func suitable(folder string, suits func(kind, flags int64) bool) (bool, error) {
	if err := os.MkdirAll(folder, 0o711); err != nil {
		return false, err
	}
	var stat unix.Statfs_t
	if err := unix.Statfs(folder, &stat); err != nil {
		return false, err
	}
	return suits(int64(stat.Type), int64(stat.Flags)), nil
}

func tmpfs(folder string) error {
	if err := unix.Mount("i2kit", folder, "tmpfs", unix.MS_NODEV, "mode=0711"); err != nil {
		return fmt.Errorf("%s: %w", folder, err)
	}
	return nil
}

func merge(ctx context.Context, channels ...<-chan string) <-chan string {
	out := make(chan string, 1)
	for _, each := range channels {
		go func() {
			select {
			case why := <-each:
				out <- why
			case <-ctx.Done():
			}
		}()
	}
	return out
}

// adjust protects the agent from the OOM killer and lets containers open many files.
func adjust() {
	os.WriteFile("/proc/self/oom_score_adj", []byte("-999"), 0)
	syscall.Umask(0o022)
	const files = 1 << 20
	syscall.Setrlimit(syscall.RLIMIT_NOFILE, &syscall.Rlimit{Cur: files, Max: files})
}
