package oci

import (
	"slices"
	"sort"

	specs "github.com/opencontainers/runtime-spec/specs-go"
	"i2kit.dev/agent/internal/contract"
)

// usual is containerd's default set without NET_RAW. Containers share the machine's network, where NET_RAW would let
// them read the metadata service's answers to the agent. Ping works without it (net.ipv4.ping_group_range).
var usual = []string{
	"CHOWN", "DAC_OVERRIDE", "FSETID", "FOWNER", "MKNOD", "SETGID", "SETUID", "SETFCAP", "SETPCAP", "NET_BIND_SERVICE", "SYS_CHROOT", "KILL", "AUDIT_WRITE",
}

// all is the capabilities of Linux 6, in the kernel's order.
var all = []string{
	"CHOWN", "DAC_OVERRIDE", "DAC_READ_SEARCH", "FOWNER", "FSETID", "KILL", "SETGID", "SETUID", "SETPCAP", "LINUX_IMMUTABLE", "NET_BIND_SERVICE",
	"NET_BROADCAST", "NET_ADMIN", "NET_RAW", "IPC_LOCK", "IPC_OWNER", "SYS_MODULE", "SYS_RAWIO", "SYS_CHROOT", "SYS_PTRACE", "SYS_PACCT", "SYS_ADMIN",
	"SYS_BOOT", "SYS_NICE", "SYS_RESOURCE", "SYS_TIME", "SYS_TTY_CONFIG", "MKNOD", "LEASE", "AUDIT_WRITE", "AUDIT_CONTROL", "SETFCAP", "MAC_OVERRIDE",
	"MAC_ADMIN", "SYSLOG", "WAKE_ALARM", "BLOCK_SUSPEND", "AUDIT_READ", "PERFMON", "BPF", "CHECKPOINT_RESTORE",
}

// capabilities evaluates the contract's lists: add ALL, drop ALL, add the others, drop the others.
func capabilities(security contract.Security) (*specs.LinuxCapabilities, error) {
	held := map[string]bool{}
	set := func(names []string, to bool) {
		for _, name := range names {
			held[name] = to
		}
	}
	set(usual, true)
	if contract.Or(security.Privileged, false) || slices.Contains(security.AddCapabilities, "ALL") {
		set(all, true)
	}
	if slices.Contains(security.DropCapabilities, "ALL") && !contract.Or(security.Privileged, false) {
		clear(held)
	}
	set(security.AddCapabilities, true)
	if !contract.Or(security.Privileged, false) {
		set(security.DropCapabilities, false)
	}
	delete(held, "ALL")
	names := []string{}
	for name, has := range held {
		if has && slices.Contains(all, name) {
			names = append(names, "CAP_"+name)
		}
	}
	sort.Strings(names)
	// None is inheritable: users that should lose a capability would keep it across an execve.
	return &specs.LinuxCapabilities{Bounding: names, Effective: names, Permitted: names}, nil
}
