package pod

import (
	"encoding/json"
	"slices"
	"sync"
	"time"
)

// Memory is the state that an agent needs from its predecessor, so that a restart of the agent is not a restart of
// the pod.
type Memory struct {
	// Save saves the memory if it is not nil.
	Save func(*Memory) `json:"-"`

	Done     []string                 `json:"done,omitempty"` // init containers that have succeeded
	Restarts map[string]int           `json:"restarts,omitempty"`
	Backoffs map[string]time.Duration `json:"backoffs,omitempty"` // delays of the next restarts

	mu sync.Mutex
}

func (m *Memory) isDone(name string) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.Contains(m.Done, name)
}

func (m *Memory) done(name string) { m.set(func() { m.Done = append(m.Done, name) }) }

func (m *Memory) forget() { m.set(func() { m.Done, m.Restarts, m.Backoffs = nil, nil, nil }) }

func (m *Memory) restarted(name string, restarts int, pause time.Duration) {
	m.set(func() {
		if m.Restarts == nil {
			m.Restarts, m.Backoffs = map[string]int{}, map[string]time.Duration{}
		}
		m.Restarts[name], m.Backoffs[name] = restarts, pause
	})
}

func (m *Memory) of(name string) (int, time.Duration) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.Restarts[name], m.Backoffs[name]
}

func (m *Memory) set(what func()) {
	m.mu.Lock()
	what()
	m.mu.Unlock()
	if m.Save != nil {
		m.Save(m)
	}
}

// MarshalJSON writes a consistent snapshot of the memory.
func (m *Memory) MarshalJSON() ([]byte, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	type plain struct {
		Done     []string                 `json:"done,omitempty"`
		Restarts map[string]int           `json:"restarts,omitempty"`
		Backoffs map[string]time.Duration `json:"backoffs,omitempty"`
	}
	return json.Marshal(plain{m.Done, m.Restarts, m.Backoffs})
}
