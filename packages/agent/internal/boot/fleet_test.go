package boot_test

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"i2kit.dev/agent/internal/aws"
	"i2kit.dev/agent/internal/aws/awstest"
	"i2kit.dev/agent/internal/boot"
	"i2kit.dev/agent/internal/imds"
	"i2kit.dev/agent/internal/pod"
	"i2kit.dev/agent/internal/records"
	"i2kit.dev/agent/internal/runtime"
	"i2kit.dev/agent/internal/termination"
)

// app is the server in a fleet's pods. Like an HTTP server that is asked to stop, it then accepts no new connections,
// answers pending requests, and closes idle connections.
type app struct {
	mu        sync.Mutex
	open      bool
	shut      bool // stopped gracefully: idle connections were closed
	dead      bool
	answering sync.WaitGroup
}

func (a *app) Connect() (awstest.Connection, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if !a.open {
		return nil, errors.New("connection refused")
	}
	return a, nil
}

const answering = 200 * time.Millisecond

func (a *app) Request() (closed bool, err error) {
	a.mu.Lock()
	if !a.open {
		defer a.mu.Unlock()
		if a.shut || !a.dead {
			return true, nil
		}
		return false, errors.New("connection reset")
	}
	a.answering.Add(1)
	a.mu.Unlock()
	defer a.answering.Done()
	time.Sleep(answering)
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.dead && !a.shut {
		return false, errors.New("connection reset")
	}
	return false, nil
}

func (a *app) Close() {}

func (a *app) Die() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.open, a.dead = false, true
}

// stop stops it gracefully.
func (a *app) stop() {
	a.mu.Lock()
	a.open = false
	a.mu.Unlock()
	a.answering.Wait()
	a.mu.Lock()
	defer a.mu.Unlock()
	a.shut = !a.dead
}

// serving are containers, of which "web" serves the app.
type serving struct {
	*containers
	app *app
}

func (s serving) Prepare(launches map[string]runtime.Launch) {
	s.containers.Prepare(launches)
	s.app.mu.Lock()
	defer s.app.mu.Unlock()
	s.app.open = true
}

func (s serving) Find(name string) (pod.Running, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	run, found := s.runs[name]
	return run, found
}

func (s serving) Signal(name, _ string) error {
	go func() {
		s.app.stop()
		s.containers.Kill(name)
	}()
	return nil
}

func (s serving) Kill(name string) error {
	s.app.Die()
	return s.containers.Kill(name)
}

// ofTwin is the system of a twin's machine.
type ofTwin struct {
	*system
	machine *awstest.Machine
}

func (o ofTwin) PowerOff() error {
	o.machine.PowerOff()
	return o.system.PowerOff()
}

// fleet is the machines of a twin, each with its own agent.
type fleet struct {
	*awstest.Twin
	t    *testing.T
	plan map[string]played
	stop context.CancelFunc
	wait sync.WaitGroup
	logs sync.Mutex
	said []string

	booted map[string]*booted
}

// booted is a machine whose agent can be restarted.
type booted struct {
	folder string
	played serving
	hangup context.CancelFunc
}

// newFleet makes a fleet without machines, in the virtual time of testing/synctest.
func newFleet(t *testing.T, seed int64) *fleet {
	ctx, stop := context.WithCancel(t.Context())
	f := &fleet{Twin: awstest.NewTwin(t, seed), t: t, plan: map[string]played{"web": {}}, stop: stop, booted: map[string]*booted{}}
	f.Start = func(m *awstest.Machine) { f.boot(ctx, m) }
	return f
}

// end stops every agent, so that virtual time ends.
func (f *fleet) end() {
	f.stop()
	f.wait.Wait()
	if f.t.Failed() {
		f.t.Log("\n" + f.Events() + "\n" + strings.Join(f.said, "\n"))
	}
}

func (f *fleet) boot(ctx context.Context, m *awstest.Machine) {
	folder, err := os.MkdirTemp("", "fleet")
	if err != nil {
		f.t.Error(err)
		return
	}
	f.t.Cleanup(func() { os.RemoveAll(folder) })
	played := serving{&containers{state: filepath.Join(folder, "run"), plays: f.plan, runs: map[string]*process{}}, &app{}}
	for name := range f.plan {
		image := filepath.Join(folder, "images", name)
		config := []byte(`{"config":{"Cmd":["run"]}}`)
		if err := errors.Join(os.MkdirAll(filepath.Join(image, "rootfs", "etc"), 0o755), os.WriteFile(filepath.Join(image, "config.json"), config, 0o644)); err != nil {
			f.t.Error(err)
		}
	}
	f.logs.Lock()
	f.booted[m.ID] = &booted{folder: folder, played: played}
	f.logs.Unlock()
	f.runAgent(ctx, m)
}

// restartAgent stops a machine's agent, as a crash would, and starts another one. The containers continue.
func (f *fleet) restartAgent(ctx context.Context, m *awstest.Machine) {
	f.logs.Lock()
	f.booted[m.ID].hangup()
	f.logs.Unlock()
	time.Sleep(time.Second)
	f.runAgent(ctx, m)
}

func (f *fleet) runAgent(ctx context.Context, m *awstest.Machine) {
	f.logs.Lock()
	defer f.logs.Unlock()
	machine := f.booted[m.ID]
	ready, roles := awstest.Listen(), awstest.Listen()
	agent := &boot.Agent{
		Metadata: imds.NewOver(awstest.InMemory{Handler: m.Metadata}, "http://metadata.test"), System: ofTwin{newSystem(), m}, Containers: machine.played,
		Volumes: func(imds.Machine, map[string]string, *aws.Client) boot.Volumes {
			return &disks{released: make(chan struct{})}
		},
		Images: filepath.Join(machine.folder, "images"), State: filepath.Join(machine.folder, "run"),
		Logf: func(format string, values ...any) {
			f.logs.Lock()
			defer f.logs.Unlock()
			f.said = append(f.said, fmt.Sprintf("%s: ", m.ID)+fmt.Sprintf(format, values...))
		},
		Every: termination.Every, MinUptime: boot.MinUptime, RecordsEvery: records.Every, Transport: awstest.InMemory{Handler: f.Server},
		Ready: ready, Roles: roles, Button: func(context.Context) <-chan string { return m.Button },
	}
	client := &http.Client{Timeout: 5 * time.Second, Transport: &http.Transport{
		DisableKeepAlives: true, DialContext: func(context.Context, string, string) (net.Conn, error) { return ready.Dial() },
	}}
	m.Boots(machine.played.app, func() bool {
		response, err := client.Get("http://machine.test/")
		if err != nil {
			return false
		}
		response.Body.Close()
		return response.StatusCode == http.StatusOK
	})
	alive, cancel := context.WithCancel(ctx)
	machine.hangup = cancel
	// A machine that is forced off has no agent any more.
	m.OnEnd(cancel)
	f.wait.Go(func() {
		defer ready.Close()
		defer roles.Close()
		defer cancel()
		agent.Run(alive)
	})
}

func fleetData(document string, rest string) string {
	return fmt.Sprintf(head, "http://aws.test", document, `"payload":"`+pack(payload(web, rest))+`"`)
}

const hooked = `,"lifecycleHook":"drain"`

// load is a client that keeps connections open and opens others.
type load struct {
	connect func() (awstest.Connection, *awstest.Machine, error)
	begin   time.Time
	stop    context.CancelFunc
	wait    sync.WaitGroup

	mu       sync.Mutex
	dropped  []string
	requests int
	machines map[string]int
}

const (
	held     = 50
	aSecond  = 20
	lifetime = time.Minute
)

// startLoad holds 50 connections, each for a minute and with a request each second, and opens 20 more a second.
func startLoad(ctx context.Context, connect func() (awstest.Connection, *awstest.Machine, error)) *load {
	ctx, stop := context.WithCancel(ctx)
	l := &load{connect: connect, begin: time.Now(), stop: stop, machines: map[string]int{}}
	for index := range held {
		l.wait.Go(func() {
			time.Sleep(lifetime * time.Duration(index) / held)
			for ctx.Err() == nil {
				l.hold(ctx, lifetime)
			}
		})
	}
	l.wait.Go(func() {
		for tick := time.NewTicker(time.Second / aSecond); ctx.Err() == nil; <-tick.C {
			l.wait.Go(func() { l.hold(ctx, 0) })
		}
	})
	return l
}

func (l *load) hold(ctx context.Context, life time.Duration) {
	connection, machine, err := l.connect()
	if err != nil {
		l.note(machine, err)
		time.Sleep(time.Second)
		return
	}
	defer connection.Close()
	for end := time.Now().Add(life); ; {
		closed, err := connection.Request()
		if closed {
			// An idle connection was closed gracefully: the next request uses a new one.
			return
		}
		if l.note(machine, err); err != nil || !time.Now().Before(end) || ctx.Err() != nil {
			return
		}
		time.Sleep(time.Second - answering)
	}
}

func (l *load) note(machine *awstest.Machine, err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.requests++
	id := "no machine"
	if machine != nil {
		id = machine.ID
		l.machines[id]++
	}
	if err != nil {
		l.dropped = append(l.dropped, fmt.Sprintf("%4d s %s: %v", int(time.Since(l.begin).Seconds()), id, err))
	}
}

// end ends the load and checks that nothing was dropped.
func (l *load) end(t *testing.T) {
	t.Helper()
	l.stop()
	l.wait.Wait()
	t.Logf("%d requests over %s to %d machines, %d dropped", l.requests, time.Since(l.begin).Round(time.Second), len(l.machines), len(l.dropped))
	if len(l.dropped) > 0 {
		t.Errorf("dropped %d:\n%s", len(l.dropped), strings.Join(l.dropped[:min(20, len(l.dropped))], "\n"))
	}
	if l.requests < 1000 {
		t.Error("that was no load")
	}
}
