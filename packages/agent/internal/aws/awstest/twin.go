package awstest

import (
	"fmt"
	"math/rand"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"i2kit.dev/agent/internal/imds/imdstest"
)

// Times are AWS' delays. docs/aws.md has the source of each.
type Times struct {
	Boot         [2]time.Duration // from a launch to the agent's start
	NLBInitial   [2]time.Duration // time until a new target of a Network Load Balancer gets connections
	ALBInitial   [2]time.Duration
	NLBStale     time.Duration // time that a deregistered target may still get new connections
	ALBStale     time.Duration
	HealthCheck  time.Duration // interval of target health checks; also the time until a group notices that a machine is gone
	ForcedOff    time.Duration // time that EC2 waits for an operating system's shutdown
	Release      time.Duration // from a machine's end to its network interface being available
	Relaunch     time.Duration // time until a group retries a failed launch
	Route53      int           // requests a second, for the whole account
	ThrottleEach int           // one call in this many is throttled; 0: none
}

// Real are the delays of AWS.
var Real = Times{
	Boot:       [2]time.Duration{25 * time.Second, 60 * time.Second},
	NLBInitial: [2]time.Duration{90 * time.Second, 180 * time.Second}, ALBInitial: [2]time.Duration{10 * time.Second, 30 * time.Second},
	NLBStale: 120 * time.Second, ALBStale: 30 * time.Second,
	HealthCheck: 10 * time.Second, ForcedOff: 2 * time.Minute, Release: 15 * time.Second, Relaunch: time.Minute,
	Route53: 5, ThrottleEach: 10,
}

// Twin simulates Auto Scaling, load balancers, network interfaces and Route 53 in the order and with the delays of
// AWS, for machines with real agents. It runs in virtual time.
type Twin struct {
	*Server
	Times Times
	// Start boots a machine's agent.
	Start func(*Machine)
	// Refuse is called first; if it returns nil, the call is answered.
	Refuse func(Call) *Answer

	random   *rand.Rand
	groups   map[string]*Group
	machines map[string]*Machine
	targets  map[string]*TargetGroup
	held     map[string]*Machine // by network interface
	seconds  map[int64]int       // requests to Route 53
	calls    int
	began    time.Time
	events   []string

	twin sync.Mutex
}

// Machine is an EC2 instance.
type Machine struct {
	ID       string
	Address  string
	Metadata *imdstest.Server
	Group    *Group
	Launched time.Time
	Button   chan string
	// Ready requests its readiness endpoint.
	Ready func() bool
	// App is the server in its pod.
	App App

	twin  *Twin
	state string // lifecycle state
	off   bool
	onEnd []func()
	timer *time.Timer
}

// NewTwin makes a twin; the seed determines every random choice.
func NewTwin(t testing.TB, seed int64) *Twin {
	twin := &Twin{
		Server: Unserved(t), Times: Real, random: rand.New(rand.NewSource(seed)), began: time.Now(),
		groups: map[string]*Group{}, machines: map[string]*Machine{}, targets: map[string]*TargetGroup{}, held: map[string]*Machine{}, seconds: map[int64]int{},
	}
	twin.answerAll()
	return twin
}

func (t *Twin) between(times [2]time.Duration) time.Duration {
	return times[0] + time.Duration(t.random.Int63n(int64(times[1]-times[0])+1))
}

func (t *Twin) note(format string, values ...any) {
	t.events = append(t.events, fmt.Sprintf("%4d s %s", int(time.Since(t.began).Seconds()), fmt.Sprintf(format, values...)))
}

// Events lists all events, each with its second.
func (t *Twin) Events() string {
	t.twin.Lock()
	defer t.twin.Unlock()
	return strings.Join(t.events, "\n")
}

// Happened counts the events that contain a text.
func (t *Twin) Happened(text string) (n int) {
	t.twin.Lock()
	defer t.twin.Unlock()
	for _, event := range t.events {
		if strings.Contains(event, text) {
			n++
		}
	}
	return n
}

// Await checks a condition each second until it holds; false means that the time ran out.
func (t *Twin) Await(limit time.Duration, holds func() bool) bool {
	for end := time.Now().Add(limit); !holds(); time.Sleep(time.Second) {
		if time.Now().After(end) {
			return false
		}
	}
	return true
}

// Route53Load returns the number of requests since a time, and the number in the busiest second, throttled ones
// included.
func (t *Twin) Route53Load(since time.Time) (all, busiest int) {
	t.twin.Lock()
	defer t.twin.Unlock()
	for second, n := range t.seconds {
		if second >= since.Unix() {
			all, busiest = all+n, max(busiest, n)
		}
	}
	return all, busiest
}

// Launches returns the number of machines that a group has launched.
func (t *Twin) Launches(g *Group) int {
	t.twin.Lock()
	defer t.twin.Unlock()
	return g.launches
}

// addresses returns the addresses of running machines, as EC2 describes them.
func (t *Twin) addresses() (found []string) {
	for _, machine := range t.machines {
		if !machine.off {
			found = append(found, machine.Address)
		}
	}
	slices.Sort(found)
	return found
}
