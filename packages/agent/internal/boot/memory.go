package boot

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"i2kit.dev/agent/internal/contract"
)

// publishEvery is the interval of the memory metric; CloudWatch stores minutes.
var publishEvery = time.Minute

// publishMemory publishes the pod's memory, in percent of its containers' requests, until the context ends.
func (a *Agent) publishMemory(ctx context.Context) {
	asked := requested(a.saved.Payload.Pod)
	if asked == 0 {
		a.Logf("the pod has no memory request, so its memory use has no percentage")
		return
	}
	group, logged := "", false
	for {
		var err error
		if group == "" {
			group, err = a.cloud.GroupOf(ctx, a.saved.Machine.InstanceID)
		}
		var used int64
		if err == nil && group != "" {
			if used, err = a.System.Used(Group); err == nil {
				err = a.cloud.PutMemory(ctx, group, float64(used)*100/float64(asked))
			}
		}
		// One line is enough to find the fault; more would hide the others.
		if err != nil && ctx.Err() == nil && !logged {
			logged = true
			a.Logf("the pod's memory could not be published: %v", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(publishEvery):
		}
	}
}

// requested is the total memory request of the containers that run together.
func requested(spec contract.Pod) (bytes int64) {
	for _, container := range spec.Containers {
		if container.Resources != nil {
			bytes += contract.Or(container.Resources.MemoryRequest, 0)
		}
	}
	for _, container := range spec.InitContainers {
		if contract.Or(container.RestartPolicy, "") == "Always" && container.Resources != nil {
			bytes += contract.Or(container.Resources.MemoryRequest, 0)
		}
	}
	return bytes
}

// workingSet is the memory of a control group that cannot be reclaimed: its use without inactive files, as a kubelet
// counts it (cadvisor's container_memory_working_set_bytes).
func workingSet(folder string) (int64, error) {
	text, err := os.ReadFile(filepath.Join(folder, "memory.current"))
	if err != nil {
		return 0, err
	}
	used, err := strconv.ParseInt(strings.TrimSpace(string(text)), 10, 64)
	if err != nil {
		return 0, fmt.Errorf("memory.current: %w", err)
	}
	stat, err := os.ReadFile(filepath.Join(folder, "memory.stat"))
	if err != nil {
		return 0, err
	}
	for line := range strings.Lines(string(stat)) {
		var inactive int64
		if n, _ := fmt.Sscanf(line, "inactive_file %d", &inactive); n == 1 {
			return max(used-inactive, 0), nil
		}
	}
	return used, nil
}
