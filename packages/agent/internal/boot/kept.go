package boot

import (
	"sync"

	"i2kit.dev/agent/internal/contract"
	"i2kit.dev/agent/internal/imds"
	"i2kit.dev/agent/internal/pod"
	"i2kit.dev/agent/internal/runtime"
	"i2kit.dev/agent/internal/shim"
)

// kept is what an agent needs to take over from the one before it. It holds secrets, and lies on a tmpfs, for root only.
type kept struct {
	mu sync.Mutex

	Machine     imds.Machine              `json:"machine"`
	Document    *contract.Document        `json:"document"`
	Payload     *contract.Payload         `json:"payload"`
	PodName     string                    `json:"podName"`
	Launches    map[string]runtime.Launch `json:"launches"`
	StopSignals map[string]string         `json:"stopSignals"`
	Token       string                    `json:"token"`
	Told        string                    `json:"told"` // what was signalled
	Memory      *pod.Memory               `json:"memory"`
}

const keptFile = "kept.json"

// recall reads what an agent before this one has kept once it had prepared everything.
func (a *Agent) recall() bool {
	found := &kept{}
	if !shim.Read(a.State, keptFile, found) || found.Launches == nil || found.Document == nil {
		return false
	}
	a.kept = found
	return true
}

func (a *Agent) keep(change func(*kept)) {
	a.kept.mu.Lock()
	defer a.kept.mu.Unlock()
	change(a.kept)
	if a.kept.Launches == nil {
		return
	}
	if err := shim.Write(a.State, keptFile, a.kept); err != nil {
		a.Say("what the next agent needs could not be kept: %v", err)
	}
}
