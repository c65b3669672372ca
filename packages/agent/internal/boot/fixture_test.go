package boot_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"i2kit.dev/agent/internal/aws/awstest"
	"i2kit.dev/agent/internal/boot"
	"i2kit.dev/agent/internal/contract"
	"i2kit.dev/agent/internal/imds"
	"i2kit.dev/agent/internal/imds/imdstest"
	"i2kit.dev/agent/internal/logbuffer"
)

// system is a machine that records all changes.
type system struct {
	mu       sync.Mutex
	did      []string
	begun    time.Time
	off      chan struct{}
	once     sync.Once
	refuses  string
	resolver string
	folders  func(string) error
}

func newSystem() *system {
	return &system{begun: time.Now(), off: make(chan struct{}), resolver: "nameserver 10.0.0.2\n"}
}

func (s *system) do(format string, values ...any) error {
	what := fmt.Sprintf(format, values...)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.did = append(s.did, what)
	if s.refuses != "" && strings.HasPrefix(what, s.refuses) {
		return fmt.Errorf("%s: refused", what)
	}
	return nil
}

func (s *system) all() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return strings.Join(s.did, "; ")
}

func (s *system) Guard(group string) error { return s.do("guard %s", group) }
func (s *system) Redirect(ports []contract.Redirect, addresses []string) error {
	return s.do("redirect %d to %v", len(ports), addresses)
}
func (s *system) Sysctl(name, value string) error { return s.do("sysctl %s=%s", name, value) }
func (s *system) Hostname(name string) error      { return s.do("hostname %s", name) }
func (s *system) SharedMemory(folder string) error {
	return os.MkdirAll(folder, 0o777)
}
func (s *system) Memory() int64              { return 1 << 30 }
func (s *system) Used(string) (int64, error) { return 48 << 20, nil }
func (s *system) Boot() time.Time            { return s.begun }
func (s *system) Resolver() string           { return s.resolver }
func (s *system) PowerOff() error {
	s.once.Do(func() { close(s.off) })
	return s.do("power off")
}

// machine is a whole machine: metadata, AWS, an image, and the agent.
type machine struct {
	t        *testing.T
	metadata *imdstest.Server
	aws      *awstest.Server
	system   *system
	agent    *boot.Agent
	state    string
	ready    net.Listener
	roles    net.Listener
	ended    chan error
	hangup   context.CancelFunc

	mu     sync.Mutex
	said   []string
	buffer *logbuffer.Writer
}

const head = `{"apiVersion":"i2kit.dev/agent/v1","stack":"arn:stack","region":"eu-west-1","resource":"Web","logs":"/logs/web","endpoint":%q%s,%s}`

func pack(text string) string {
	var out bytes.Buffer
	writer := gzip.NewWriter(&out)
	writer.Write([]byte(text))
	writer.Close()
	return base64.StdEncoding.EncodeToString(out.Bytes())
}

func payload(pod, rest string) string {
	return fmt.Sprintf(`{"pod":{"owner":"Deployment/default/web","generateName":"web-","namespace":"default","dns":{"policy":"ClusterFirst","options":["ndots:5"]},%s},%s}`, pod, rest)
}

const rollout = `"rollout":{"minReadySeconds":0,"deadlineSeconds":600}`

// newMachine makes a machine with a payload; document has the other fields of its document.
func newMachine(t *testing.T, payload, document string) *machine {
	t.Helper()
	state, err := os.MkdirTemp("", "ag")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(state) })
	m := &machine{t: t, aws: awstest.New(t), system: newSystem(), state: state}
	m.metadata = imdstest.New(t, fmt.Sprintf(head, m.aws.URL, document, `"payload":"`+pack(payload)+`"`))
	m.again()
	return m
}

// again makes an agent: the first one, or a successor.
func (m *machine) again() {
	m.t.Helper()
	listen := func() net.Listener {
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			m.t.Fatal(err)
		}
		m.t.Cleanup(func() { listener.Close() })
		return listener
	}
	m.ready = listen()
	if m.roles == nil {
		m.roles = listen()
	}
	before := m.agent
	m.agent = &boot.Agent{
		Metadata: imds.New(m.metadata.URL), System: m.system, Images: filepath.Join(m.state, "images"), State: filepath.Join(m.state, "run"), Logf: m.logf, Every: 50 * time.Millisecond, RecordsEvery: time.Minute,
		Ready: m.ready, Roles: m.roles, Button: func(context.Context) <-chan string { return nil },
	}
	if before != nil {
		m.agent.Containers, m.agent.Volumes = before.Containers, before.Volumes
	}
}

func (m *machine) logf(format string, values ...any) {
	line := fmt.Sprintf(format, values...)
	m.mu.Lock()
	defer m.mu.Unlock()
	m.said = append(m.said, line)
	if m.buffer != nil {
		m.buffer.Write(time.Now(), "1", []byte(line), true)
	}
}

func (m *machine) console() string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return strings.Join(m.said, "\n")
}

// image puts a container image into the machine.
func (m *machine) image(name, config string) string {
	m.t.Helper()
	folder := filepath.Join(m.agent.Images, name)
	if err := os.MkdirAll(filepath.Join(folder, "rootfs", "etc"), 0o755); err != nil {
		m.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, "config.json"), []byte(config), 0o644); err != nil {
		m.t.Fatal(err)
	}
	return filepath.Join(folder, "rootfs")
}

func (m *machine) run() {
	ctx, hangup := context.WithCancel(m.t.Context())
	m.hangup = hangup
	ended := make(chan error, 1)
	m.ended = ended
	agent := m.agent
	go func() { ended <- agent.Run(ctx) }()
	m.t.Cleanup(func() {
		hangup()
		select {
		case <-ended:
		case <-time.After(20 * time.Second):
			m.t.Error("the agent does not end\n" + m.console())
		}
		close(ended)
	})
}

// terminate ends the machine as its group would, and waits for the end.
func (m *machine) terminate() {
	m.t.Helper()
	m.aws.Change(func() { m.aws.Lifecycle = "Terminating" })
	m.metadata.Set("meta-data/autoscaling/target-lifecycle-state", "Terminated")
	time.AfterFunc(200*time.Millisecond, func() { m.aws.Change(func() { m.aws.Lifecycle = "Terminating:Wait" }) })
	select {
	case <-m.system.off:
	case <-time.After(40 * time.Second):
		m.t.Fatal("the machine does not end\n" + m.console())
	}
}

// until waits until a condition holds.
func (m *machine) until(what string, holds func() bool) {
	m.t.Helper()
	for end := time.Now().Add(30 * time.Second); !holds(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(end) {
			m.t.Fatalf("not within 30 seconds: %s\n%s\n%s", what, m.console(), m.system.all())
		}
	}
}

func (m *machine) status() (int, string) {
	response, err := http.Get("http://" + m.ready.Addr().String() + "/readyz")
	if err != nil {
		return 0, err.Error()
	}
	defer response.Body.Close()
	body, _ := io.ReadAll(response.Body)
	return response.StatusCode, string(body)
}

func (m *machine) isReady() bool { status, _ := m.status(); return status == 200 }

func (m *machine) signalled(status string) func() bool {
	return func() bool {
		all := m.aws.Signals()
		return len(all) > 0 && all[len(all)-1] == status
	}
}

func mustJSON(t *testing.T, value any) string {
	t.Helper()
	text, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func secret(pairs ...string) string {
	values := map[string]string{}
	for index := 0; index < len(pairs); index += 2 {
		values[pairs[index]] = base64.StdEncoding.EncodeToString([]byte(pairs[index+1]))
	}
	text, _ := json.Marshal(values)
	return string(text)
}
