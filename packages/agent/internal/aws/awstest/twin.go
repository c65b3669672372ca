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

// Times are how long AWS takes. docs/aws.md says what each rests on.
type Times struct {
	Boot         [2]time.Duration // from a launch to the agent's start
	NLBInitial   [2]time.Duration // a new target of a Network Load Balancer gets nothing for so long
	ALBInitial   [2]time.Duration
	NLBStale     time.Duration // a deregistered target may get new connections for so long
	ALBStale     time.Duration
	HealthCheck  time.Duration // between two checks of a target, and until a group notices that a machine is gone
	ForcedOff    time.Duration // EC2 waits for so long for an operating system to shut down
	Release      time.Duration // from a machine's end to its network interface being available
	Relaunch     time.Duration // a group tries a launch again that failed
	Route53      int           // requests a second, for the whole account
	ThrottleEach int           // one in so many calls is throttled; 0: none
}

// Real are the times of AWS.
var Real = Times{
	Boot:       [2]time.Duration{25 * time.Second, 60 * time.Second},
	NLBInitial: [2]time.Duration{90 * time.Second, 180 * time.Second}, ALBInitial: [2]time.Duration{10 * time.Second, 30 * time.Second},
	NLBStale: 120 * time.Second, ALBStale: 30 * time.Second,
	HealthCheck: 10 * time.Second, ForcedOff: 2 * time.Minute, Release: 15 * time.Second, Relaunch: time.Minute,
	Route53: 5, ThrottleEach: 10,
}

// Twin plays Auto Scaling, load balancers, network interfaces and Route 53 in the order and with the times of AWS, for machines whose agents are
// real. It lives in virtual time.
type Twin struct {
	*Server
	Times Times
	// Start boots a machine's agent.
	Start func(*Machine)
	// Refuse is asked first; nil: the call is answered.
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
	// Ready asks its readiness endpoint.
	Ready func() bool
	// App is the server in its pod.
	App App

	twin  *Twin
	state string // of its lifecycle
	off   bool
	onEnd []func()
	timer *time.Timer
}

// NewTwin makes a twin; every choice of its own comes from the seed.
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

// Happened counts events that hold a text.
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

// Await waits until something holds that is asked each second; false: it did not within the time.
func (t *Twin) Await(limit time.Duration, holds func() bool) bool {
	for end := time.Now().Add(limit); !holds(); time.Sleep(time.Second) {
		if time.Now().After(end) {
			return false
		}
	}
	return true
}

// Route53Load is how many requests came since some time, and how many in the busiest second: those that were throttled, too.
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

// Launches is how many machines a group has had.
func (t *Twin) Launches(g *Group) int {
	t.twin.Lock()
	defer t.twin.Unlock()
	return g.launches
}

// addresses of machines that run, as EC2 describes them.
func (t *Twin) addresses() (found []string) {
	for _, machine := range t.machines {
		if !machine.off {
			found = append(found, machine.Address)
		}
	}
	slices.Sort(found)
	return found
}
