package awstest

import (
	"errors"
	"time"
)

// App is a server in a pod.
type App interface {
	// Connect opens a connection. An error means that no server listens.
	Connect() (Connection, error)
	// Die ends the app without notice.
	Die()
}

// Connection is a client's connection to an app.
type Connection interface {
	// Request sends a request and reads its answer. An error means that the connection broke meanwhile; closed means
	// that the app had closed it gracefully before.
	Request() (closed bool, err error)
	Close()
}

// TargetGroup is a target group of a Network or an Application Load Balancer.
type TargetGroup struct {
	ARN   string
	ALB   bool
	Delay time.Duration // deregistration_delay.timeout_seconds

	twin    *Twin
	targets []*target
}

// nodes are the parts of a load balancer. Each learns separately that a target was deregistered.
const nodes = 3

type target struct {
	machine *Machine
	state   string
	since   time.Time
	initial time.Duration
	failed  int
	stale   [nodes]time.Time // end of each node's new connections after its deregistration
}

func (g *TargetGroup) find(m *Machine) *target {
	for _, each := range g.targets {
		if each.machine == m {
			return each
		}
	}
	return nil
}

func (g *TargetGroup) register(m *Machine) {
	t := g.twin
	times := t.Times.NLBInitial
	if g.ALB {
		times = t.Times.ALBInitial
	}
	each := &target{machine: m, state: "initial", since: time.Now(), initial: t.between(times)}
	g.targets = append(g.targets, each)
	var check func()
	check = func() {
		ready := m.Ready != nil && m.Ready()
		t.twin.Lock()
		defer t.twin.Unlock()
		if each.state == "draining" || each.state == "unused" {
			return
		}
		switch {
		case !ready || m.off:
			if each.failed++; each.failed >= 2 && each.state == "healthy" {
				each.state = "unhealthy"
				t.note("%s: %s is unhealthy", g.ARN, m.ID)
			}
		case time.Since(each.since) >= each.initial:
			each.failed = 0
			if each.state != "healthy" {
				each.state = "healthy"
				t.note("%s: %s is healthy", g.ARN, m.ID)
			}
		}
		time.AfterFunc(t.Times.HealthCheck, check)
	}
	time.AfterFunc(t.Times.HealthCheck, check)
}

// deregister begins to drain a target and returns the duration.
func (g *TargetGroup) deregister(m *Machine) time.Duration {
	each := g.find(m)
	if each == nil {
		return 0
	}
	longest := g.twin.Times.NLBStale
	if g.ALB {
		longest = g.twin.Times.ALBStale
	}
	each.state = "draining"
	for node := range each.stale {
		each.stale[node] = time.Now().Add(time.Duration(g.twin.random.Int63n(int64(longest))))
	}
	// One node is as late as the limit allows.
	each.stale[g.twin.random.Intn(nodes)] = time.Now().Add(longest)
	time.AfterFunc(max(g.Delay, longest), func() {
		g.twin.twin.Lock()
		defer g.twin.twin.Unlock()
		each.state = "unused"
	})
	return g.Delay
}

// Connect opens a connection through one of the load balancer's nodes.
func (g *TargetGroup) Connect() (Connection, *Machine, error) {
	g.twin.twin.Lock()
	node := g.twin.random.Intn(nodes)
	var healthy, others []*target
	for _, each := range g.targets {
		switch {
		case each.state == "healthy", each.state == "draining" && time.Now().Before(each.stale[node]):
			healthy = append(healthy, each)
		case each.state == "initial", each.state == "unhealthy":
			others = append(others, each)
		}
	}
	if len(healthy) == 0 {
		// Without a healthy target, a load balancer sends to all targets.
		healthy = others
	}
	if len(healthy) == 0 {
		g.twin.twin.Unlock()
		return nil, nil, errors.New("the load balancer has no target")
	}
	chosen := healthy[g.twin.random.Intn(len(healthy))].machine
	g.twin.twin.Unlock()
	connection, err := chosen.Connect()
	return connection, chosen, err
}

// Connect opens a connection directly to a machine.
func (m *Machine) Connect() (Connection, error) {
	m.twin.twin.Lock()
	app, off := m.App, m.off
	m.twin.twin.Unlock()
	if app == nil || off {
		return nil, errors.New("no route to " + m.ID)
	}
	return app.Connect()
}

// At finds the machine with an address.
func (t *Twin) At(address string) *Machine {
	t.twin.Lock()
	defer t.twin.Unlock()
	var found *Machine
	for _, m := range t.machines {
		if m.Address == address && (found == nil || m.Launched.After(found.Launched)) {
			found = m
		}
	}
	return found
}
