package boot

import (
	"sync"

	"i2kit.dev/agent/internal/contract"
	"i2kit.dev/agent/internal/imds"
	"i2kit.dev/agent/internal/pod"
	"i2kit.dev/agent/internal/runtime"
	"i2kit.dev/agent/internal/shim"
)

// savedState lets an agent take over from its predecessor. It holds secrets, so it is on a tmpfs, readable by root
// only.
type savedState struct {
	mu sync.Mutex

	Machine     imds.Machine              `json:"machine"`
	Document    *contract.Document        `json:"document"`
	Payload     *contract.Payload         `json:"payload"`
	PodName     string                    `json:"podName"`
	Launches    map[string]runtime.Launch `json:"launches"`
	StopSignals map[string]string         `json:"stopSignals"`
	Token       string                    `json:"token"`
	Signalled   string                    `json:"signalled"` // status that was signalled
	Memory      *pod.Memory               `json:"memory"`
}

const stateFile = "saved-state.json"

// restoreState reads the state that an earlier agent saved after its preparation.
func (a *Agent) restoreState() bool {
	found := &savedState{}
	if !shim.Read(a.State, stateFile, found) || found.Launches == nil || found.Document == nil {
		return false
	}
	a.saved = found
	return true
}

func (a *Agent) updateState(change func(*savedState)) {
	a.saved.mu.Lock()
	defer a.saved.mu.Unlock()
	change(a.saved)
	if a.saved.Launches == nil {
		return
	}
	if err := shim.Write(a.State, stateFile, a.saved); err != nil {
		a.Logf("the state for the next agent could not be saved: %v", err)
	}
}
