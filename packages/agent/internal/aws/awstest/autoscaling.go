package awstest

import (
	"fmt"
	"slices"
	"time"

	"i2kit.dev/agent/internal/imds/imdstest"
)

// Group is an Auto Scaling group.
type Group struct {
	Name      string
	UserData  string
	Hook      string // the terminating lifecycle hook; empty: no hook
	Heartbeat time.Duration
	Targets   []*TargetGroup
	Interface string // the network interface of its one machine; empty: each machine has its own
	Desired   int

	twin     *Twin
	members  []*Machine
	pausing  bool // a launch failed and will be retried
	launches int
}

// Add adds a group, which launches its machines.
func (t *Twin) Add(g *Group) *Group {
	t.twin.Lock()
	defer t.twin.Unlock()
	g.twin = t
	t.groups[g.Name] = g
	for _, target := range g.Targets {
		target.twin = t
		t.targets[target.ARN] = target
	}
	g.reconcile()
	return g
}

// Machines lists the machines that are not being terminated.
func (g *Group) Machines() []*Machine {
	g.twin.twin.Lock()
	defer g.twin.twin.Unlock()
	return g.serving()
}

// All lists the machines that still exist, in any state.
func (g *Group) All() []*Machine {
	g.twin.twin.Lock()
	defer g.twin.twin.Unlock()
	return slices.Clone(g.members)
}

// Scale sets the desired capacity.
func (g *Group) Scale(desired int) {
	g.twin.twin.Lock()
	defer g.twin.twin.Unlock()
	g.Desired = desired
	g.reconcile()
}

// Terminate terminates a machine of the group. Another one replaces it, unless the group shrinks by it.
func (g *Group) Terminate(m *Machine, smaller bool) {
	g.twin.twin.Lock()
	defer g.twin.twin.Unlock()
	if smaller {
		g.Desired--
	}
	g.terminate(m)
	g.reconcile()
}

func (g *Group) serving() (found []*Machine) {
	for _, m := range g.members {
		if m.state == "Pending" || m.state == "InService" {
			found = append(found, m)
		}
	}
	return found
}

func (g *Group) reconcile() {
	serving := g.serving()
	for len(serving) > g.Desired {
		g.terminate(serving[0])
		serving = serving[1:]
	}
	for range g.Desired - len(serving) {
		if g.pausing || !g.launch() {
			return
		}
	}
}

// launch launches a machine. A network interface belongs to one machine at a time: launches fail until the previous
// machine is gone.
func (g *Group) launch() bool {
	t := g.twin
	if holder := t.held[g.Interface]; g.Interface != "" && holder != nil {
		t.note("%s: Failed. Interface: [%s] in use by %s. Launching EC2 instance failed.", g.Name, g.Interface, holder.ID)
		g.pausing = true
		time.AfterFunc(t.Times.Relaunch, func() {
			t.twin.Lock()
			defer t.twin.Unlock()
			g.pausing = false
			g.reconcile()
		})
		return false
	}
	g.launches++
	number := len(t.machines) + 1
	m := &Machine{
		ID: fmt.Sprintf("i-%08x", number), Address: fmt.Sprintf("10.0.%d.%d", number/250, number%250+1), Metadata: imdstest.Unserved(g.UserData),
		Group: g, Launched: time.Now(), Button: make(chan string, 1), twin: t, state: "Pending",
	}
	if g.Interface != "" {
		t.held[g.Interface] = m
		// The address is the interface's.
		m.Address = "10.9.0." + g.Interface[len(g.Interface)-1:]
	}
	m.Metadata.Set("meta-data/instance-id", m.ID)
	m.Metadata.Set("meta-data/local-ipv4", m.Address)
	t.machines[m.ID] = m
	g.members = append(g.members, m)
	t.note("%s: launched %s", g.Name, m.ID)
	boot := t.between(t.Times.Boot)
	time.AfterFunc(boot/2, func() {
		t.twin.Lock()
		defer t.twin.Unlock()
		if m.state != "Pending" {
			return
		}
		m.setState("InService")
		m.Metadata.Set("meta-data/autoscaling/target-lifecycle-state", "InService")
		for _, target := range g.Targets {
			target.register(m)
		}
	})
	time.AfterFunc(boot, func() { t.Start(m) })
	return true
}

func (m *Machine) setState(state string) {
	m.state = state
	m.twin.note("%s is %s", m.ID, state)
}

// terminate begins a termination. The metadata reports it at once, while the load balancers only begin to drain.
func (g *Group) terminate(m *Machine) {
	if m.state != "Pending" && m.state != "InService" {
		return
	}
	m.setState("Terminating")
	m.Metadata.Set("meta-data/autoscaling/target-lifecycle-state", "Terminated")
	var drain time.Duration
	for _, target := range g.Targets {
		drain = max(drain, target.deregister(m))
	}
	g.after(m, drain, func() {
		if g.Hook == "" {
			g.proceed(m)
			return
		}
		m.setState("Terminating:Wait")
		g.awaitHook(m)
	})
}

func (g *Group) awaitHook(m *Machine) {
	g.after(m, g.Heartbeat, func() {
		g.twin.note("%s: the lifecycle hook of %s timed out", g.Name, m.ID)
		g.proceed(m)
	})
}

// after replaces the machine's timer.
func (g *Group) after(m *Machine, pause time.Duration, what func()) {
	if m.timer != nil {
		m.timer.Stop()
	}
	m.timer = time.AfterFunc(pause, func() {
		g.twin.twin.Lock()
		defer g.twin.twin.Unlock()
		what()
	})
}

// proceed lets EC2 end the machine: it presses the power button and waits.
func (g *Group) proceed(m *Machine) {
	m.setState("Terminating:Proceed")
	if m.off {
		g.gone(m)
		return
	}
	select {
	case m.Button <- "the power button was pressed":
	default:
	}
	g.after(m, g.twin.Times.ForcedOff, func() {
		g.twin.note("%s did not shut down, and is forced off", m.ID)
		m.end()
		g.gone(m)
	})
}

// gone removes a machine from its group once it is off. Its network interface is available a little later.
func (g *Group) gone(m *Machine) {
	t := g.twin
	if m.timer != nil {
		m.timer.Stop()
	}
	m.setState("Terminated")
	g.members = slices.DeleteFunc(g.members, func(other *Machine) bool { return other == m })
	time.AfterFunc(t.Times.Release, func() {
		t.twin.Lock()
		defer t.twin.Unlock()
		if t.held[g.Interface] == m {
			t.note("%s is available", g.Interface)
			delete(t.held, g.Interface)
		}
	})
	g.reconcile()
}

// PowerOff powers the machine off from within.
func (m *Machine) PowerOff() {
	g := m.Group
	g.twin.twin.Lock()
	defer g.twin.twin.Unlock()
	if m.off {
		return
	}
	g.twin.note("%s powers off, %s", m.ID, m.state)
	m.end()
	switch m.state {
	case "Terminating:Proceed":
		g.gone(m)
	case "Pending", "InService":
		// The group notices by itself.
		time.AfterFunc(g.twin.Times.HealthCheck, func() {
			g.twin.twin.Lock()
			defer g.twin.twin.Unlock()
			g.terminate(m)
			g.reconcile()
		})
	}
	// While a group terminates a machine that is off, it holds it until the drain and the hook's timeout are over.
}

// Boots sets the app that the machine's pod serves, and the function that requests its readiness endpoint.
func (m *Machine) Boots(app App, ready func() bool) {
	m.twin.twin.Lock()
	defer m.twin.twin.Unlock()
	m.App, m.Ready = app, ready
}

// OnEnd sets the function that is called when the machine is off.
func (m *Machine) OnEnd(what func()) {
	m.twin.twin.Lock()
	defer m.twin.twin.Unlock()
	m.onEnd = append(m.onEnd, what)
}

func (m *Machine) end() {
	m.off = true
	for _, each := range m.onEnd {
		each()
	}
	if m.App != nil {
		m.App.Die()
	}
}
