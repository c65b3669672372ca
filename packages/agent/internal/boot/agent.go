// Package boot boots a machine phase by phase, runs its pod, and shuts it down. docs/agent-v1.md, "Boot", has the
// order.
package boot

import (
	"context"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"time"

	specs "github.com/opencontainers/runtime-spec/specs-go"
	"i2kit.dev/agent/internal/aws"
	"i2kit.dev/agent/internal/contract"
	"i2kit.dev/agent/internal/health"
	"i2kit.dev/agent/internal/imds"
	"i2kit.dev/agent/internal/pod"
	"i2kit.dev/agent/internal/runtime"
	"i2kit.dev/agent/internal/secrets"
	"i2kit.dev/agent/internal/termination"
	"i2kit.dev/agent/internal/volumes"
)

// System is the part of the machine that the agent changes.
type System interface {
	Guard(group string) error
	Redirect(ports []contract.Redirect, addresses []string) error
	Sysctl(name, value string) error
	Hostname(name string) error
	SharedMemory(folder string) error
	PowerOff() error
	Memory() int64
	Used(group string) (int64, error)
	Boot() time.Time
	Resolver() string
}

// Containers runs containers.
type Containers interface {
	pod.Machine
	Exec(ctx context.Context, name string, args []string) (int, string, error)
	Prepare(launches map[string]runtime.Launch)
	SharedPIDs() (string, error)
	LogBuffer(name string) string
}

// Volumes makes volumes.
type Volumes interface {
	Make(ctx context.Context, pod *contract.Pod, from secrets.All, fields map[string]string) (map[string]volumes.Made, error)
	Bindings(container contract.Container, made map[string]volumes.Made, lookup func(string) (string, bool)) ([]specs.Mount, error)
	Release(ctx context.Context, pod *contract.Pod)
}

// Agent runs one machine.
type Agent struct {
	Metadata   *imds.Client
	System     System
	Containers Containers
	Volumes    func(machine imds.Machine, ids map[string]string, cloud *aws.Client) Volumes
	Images     string // folder of the containers' images
	State      string // folder on a tmpfs, which ends with the boot
	Button     func(ctx context.Context) <-chan string
	Every      time.Duration // polling interval of the machine's end
	// MinUptime is the minimal uptime of a job's machine: CloudFormation must see it running.
	MinUptime time.Duration
	// RecordsEvery is the interval between two checks of the records of headless Services while nothing changes.
	RecordsEvery time.Duration
	Transport    http.RoundTripper // transport to AWS; nil: the network
	Logf         func(format string, values ...any)
	Ready        net.Listener // listener of the readiness endpoint
	Roles        net.Listener // listener of the container credentials

	saved       *savedState
	button      <-chan string
	cloud       *aws.Client
	logs        *shipping
	preparation preparationDeadline
}

// Group is the control group of all containers; the agent is outside of it.
const Group = "/i2kit/pod"

// Run runs the machine to its end. The end of the context ends only the agent: the containers continue, and the next
// agent takes over.
func (a *Agent) Run(ctx context.Context) error {
	if err := os.MkdirAll(a.State, 0o711); err != nil {
		return err
	}
	server := health.Serve(a.Ready)
	defer server.Close()
	defer func() { a.logs.leave() }()

	// The machine may end at any moment, even while it waits for a disk.
	alive, stop := context.WithCancel(ctx)
	defer stop()
	end := make(chan termination.Cause, 1)
	a.button = a.Button(alive)
	go func() {
		if cause := termination.Watch(alive, a.Metadata, a.button, a.Every); cause.Reason != "" {
			end <- cause
		}
	}()

	if a.restoreState() {
		a.Logf("an earlier agent has prepared the machine; its containers continue")
		a.connect()
		a.shipLogs()
		return a.runPod(ctx, server, end)
	}
	ready, cancel := context.WithCancel(ctx)
	defer cancel()
	prepared := make(chan error, 1)
	go func() { prepared <- a.prepare(ready) }()
	select {
	case cause := <-end:
		a.Logf("the machine ends before its pod has begun: %s", cause.Reason)
		cancel()
		<-prepared
		return a.shutDown(ctx, nil)
	case err := <-prepared:
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			return a.fail(ctx, err, end)
		}
	}
	return a.runPod(ctx, server, end)
}

// shipping sends output to the logs.
type shipping struct {
	stop  context.CancelFunc
	abort context.CancelFunc
	done  sync.WaitGroup
}

// flushing is the time limit for the last lines to reach the logs.
const flushing = 10 * time.Second

func (s *shipping) end() {
	if s == nil {
		return
	}
	timer := time.AfterFunc(flushing, s.abort)
	defer timer.Stop()
	s.stop()
	s.done.Wait()
}

// leave stops the transport: another agent continues from there.
func (s *shipping) leave() {
	if s != nil {
		s.abort()
		s.done.Wait()
	}
}

func (a *Agent) path(parts ...string) string {
	return filepath.Join(append([]string{a.State}, parts...)...)
}
