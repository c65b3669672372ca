package boot_test

import (
	"context"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	specs "github.com/opencontainers/runtime-spec/specs-go"
	"i2kit.dev/agent/internal/aws"
	"i2kit.dev/agent/internal/boot"
	"i2kit.dev/agent/internal/contract"
	"i2kit.dev/agent/internal/imds"
	"i2kit.dev/agent/internal/logbuffer"
	"i2kit.dev/agent/internal/pod"
	"i2kit.dev/agent/internal/runtime"
	"i2kit.dev/agent/internal/secrets"
	"i2kit.dev/agent/internal/shim"
	"i2kit.dev/agent/internal/volumes"
)

// containers are fakes: each ends after a time with a code, or on request.
type containers struct {
	state string

	mu       sync.Mutex
	launches map[string]runtime.Launch
	plays    map[string]played
	runs     map[string]*process
	started  []string
}

type played struct {
	after time.Duration // 0: when it is asked to
	code  int
}

type process struct {
	started time.Time
	done    chan struct{}
	once    sync.Once
	exit    shim.Exit
}

func (p *process) StartedAt() time.Time  { return p.started }
func (p *process) Done() <-chan struct{} { return p.done }
func (p *process) Exit() shim.Exit       { return p.exit }
func (p *process) end(code int) {
	p.once.Do(func() {
		p.exit = shim.Exit{Code: code, StartedAt: p.started, FinishedAt: time.Now()}
		close(p.done)
	})
}

func (c *containers) Prepare(launches map[string]runtime.Launch) { c.launches = launches }
func (c *containers) SharedPIDs() (string, error)                { return "/proc/1/ns/pid", nil }
func (c *containers) LogBuffer(name string) string               { return filepath.Join(c.state, "logs", name) }
func (c *containers) LastWords(string, bool) string              { return "" }
func (c *containers) Find(string) (pod.Running, bool)            { return nil, false }
func (c *containers) Remove(string)                              {}

func (c *containers) Start(_ context.Context, name string) (pod.Running, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	run := &process{started: time.Now(), done: make(chan struct{})}
	c.runs[name] = run
	c.started = append(c.started, name)
	if play := c.plays[name]; play.after > 0 {
		time.AfterFunc(play.after, func() { run.end(play.code) })
	}
	return run, nil
}

func (c *containers) Signal(name, _ string) error { return c.Kill(name) }

func (c *containers) Kill(name string) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.runs[name].end(c.plays[name].code)
	return nil
}

func (c *containers) Exec(context.Context, string, []string) (int, string, error) { return 0, "", nil }

// disks are volumes that cannot be made, or exist at once.
type disks struct {
	fault    error
	slow     time.Duration
	released chan struct{}
}

func (d *disks) Make(_ context.Context, spec *contract.Pod, _ secrets.All, _ map[string]string) (map[string]volumes.Made, error) {
	time.Sleep(d.slow)
	return map[string]volumes.Made{}, d.fault
}

func (d *disks) Bindings(contract.Container, map[string]volumes.Made, func(string) (string, bool)) ([]specs.Mount, error) {
	return nil, nil
}

func (d *disks) Release(context.Context, *contract.Pod) { close(d.released) }

// fake gives a machine fake containers.
func fake(t *testing.T, m *machine, plays map[string]played) (*containers, *disks) {
	t.Helper()
	c := &containers{state: m.state, plays: plays, runs: map[string]*process{}}
	d := &disks{released: make(chan struct{})}
	m.agent.Containers = c
	m.agent.Volumes = func(imds.Machine, map[string]string, *aws.Client) boot.Volumes { return d }
	for name := range plays {
		m.image(name, `{"config":{"Cmd":["run"]}}`)
	}
	os.MkdirAll(m.agent.State, 0o755)
	saved, err := logbuffer.Open(c.LogBuffer("@agent"), 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	m.buffer = saved
	return c, d
}
