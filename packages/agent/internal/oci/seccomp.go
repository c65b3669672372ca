package oci

import (
	"slices"

	"github.com/moby/profiles/seccomp"
	specs "github.com/opencontainers/runtime-spec/specs-go"
	"golang.org/x/sys/unix"
	"i2kit.dev/agent/internal/contract"
)

// filter is the usual profile of containerd and Docker, with one thing less: no packet sockets.
//
// Containers share the machine's network, and NET_RAW is in the usual set: a packet socket could listen to what the agent gets from the
// metadata service, credentials included, past every firewall. Who adds NET_RAW by name gets them, as do privileged and unconfined containers.
func filter(spec *specs.Spec, security contract.Security) (*specs.LinuxSeccomp, error) {
	if contract.Or(security.Privileged, false) || contract.Or(security.Seccomp, "") == "Unconfined" {
		return nil, nil
	}
	profile, err := seccomp.GetDefaultProfile(spec)
	if err != nil {
		return nil, err
	}
	asked := security.AddCapabilities
	if slices.Contains(asked, "NET_RAW") || slices.Contains(asked, "NET_ADMIN") || slices.Contains(asked, "ALL") {
		return profile, nil
	}
	var kept []specs.LinuxSyscall
	for _, rule := range profile.Syscalls {
		if rule.Action != specs.ActAllow || !slices.Equal(rule.Names, []string{"socket"}) {
			kept = append(kept, rule)
			continue
		}
		kept = append(kept, withoutPackets(rule)...)
	}
	profile.Syscalls = kept
	return profile, nil
}

// withoutPackets splits a rule that allows families by a comparison, so that AF_PACKET is not among them. A rule may compare an argument once.
func withoutPackets(rule specs.LinuxSyscall) (rules []specs.LinuxSyscall) {
	if len(rule.Args) == 1 && rule.Args[0].Op != specs.OpLessThan {
		return []specs.LinuxSyscall{rule}
	}
	end := uint64(unix.AF_MAX)
	if len(rule.Args) == 1 {
		end = rule.Args[0].Value
	}
	family := func(value uint64, op specs.LinuxSeccompOperator) {
		rules = append(rules, specs.LinuxSyscall{Names: rule.Names, Action: specs.ActAllow, Args: []specs.LinuxSeccompArg{{Index: 0, Value: value, Op: op}}})
	}
	family(unix.AF_PACKET, specs.OpLessThan)
	for value := uint64(unix.AF_PACKET) + 1; value < end; value++ {
		family(value, specs.OpEqualTo)
	}
	return rules
}
