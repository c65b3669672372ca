package awstest

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// Rolling is CloudFormation's AutoScalingRollingUpdate.
type Rolling struct {
	MinInService int
	MaxBatch     int
	Pause        time.Duration
}

// Roll replaces every machine of a group as CloudFormation does, and waits for the signals of each batch.
func (t *Twin) Roll(g *Group, r Rolling) error {
	old := g.Machines()
	desired := g.Desired
	for len(old) > 0 {
		batch := min(r.MaxBatch, len(old))
		before := g.Machines()
		if room := len(before) - r.MinInService; room > 0 {
			batch = min(batch, room)
			for _, m := range old[:batch] {
				g.Terminate(m, false)
			}
		} else {
			g.Scale(desired + batch)
		}
		if err := t.awaitSignals(g, before, batch, r.Pause); err != nil {
			return err
		}
		for _, m := range old[:batch] {
			g.Terminate(m, len(g.Machines()) > desired)
		}
		old = old[batch:]
	}
	return nil
}

// awaitSignals waits for SUCCESS from a number of machines that did not exist before.
func (t *Twin) awaitSignals(g *Group, before []*Machine, count int, limit time.Duration) error {
	received := 0
	var failed string
	if !t.Await(limit, func() bool {
		received = 0
		for _, m := range g.Machines() {
			if slices.Contains(before, m) {
				continue
			}
			switch t.signalOf(m) {
			case "SUCCESS":
				received++
			case "FAILURE":
				failed = m.ID
			}
		}
		return received >= count || failed != ""
	}) {
		return fmt.Errorf("%s: received %d SUCCESS signal(s) out of %d within %s", g.Name, received, count, limit)
	}
	if failed != "" {
		return fmt.Errorf("%s: received FAILURE of %s", g.Name, failed)
	}
	return nil
}

// AwaitSignals waits for SUCCESS from all machines of a group, as its creation does.
func (t *Twin) AwaitSignals(g *Group, limit time.Duration) error {
	return t.awaitSignals(g, nil, g.Desired, limit)
}

func (t *Twin) signalOf(m *Machine) string {
	t.twin.Lock()
	defer t.twin.Unlock()
	for _, event := range t.events {
		if _, status, found := strings.Cut(event, m.ID+" signals "); found {
			return status
		}
	}
	return ""
}
