package boot_test

import (
	"slices"
	"strings"
	"testing"
)

// The machine's address is in the record while its pod is ready, and is removed before the pod is told to stop.
func TestTheRecordOfAHeadlessService(t *testing.T) {
	const zone, name = "Z1", "web.default.svc.cluster.local"
	m := newMachine(t, payload(web, rollout), `,"lifecycleHook":"drain","records":[{"zone":"`+zone+`","name":"`+name+`"}]`)
	m.aws.Group = "group"
	_, d := fake(t, m, map[string]played{"web": {}})
	m.run()
	m.until("SUCCESS", m.signalled("SUCCESS"))
	m.until("its address in the record", func() bool { return len(m.aws.Record(zone, name)) == 1 })
	m.terminate()
	<-d.released
	if left := m.aws.Record(zone, name); len(left) != 0 {
		t.Error(left)
	}
	actions := []string{}
	for _, call := range m.aws.Calls("") {
		actions = append(actions, call.Action)
	}
	out := lastIndex(actions, "route53:ChangeResourceRecordSets")
	if done := slices.Index(actions, "autoscaling:CompleteLifecycleAction"); out < 0 || done < out {
		t.Error(strings.Join(actions, " "))
	}
}

func lastIndex(all []string, one string) int {
	for index := len(all) - 1; index >= 0; index-- {
		if all[index] == one {
			return index
		}
	}
	return -1
}
