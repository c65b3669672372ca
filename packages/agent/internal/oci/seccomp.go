package oci

import (
	"slices"

	"github.com/moby/profiles/seccomp"
	specs "github.com/opencontainers/runtime-spec/specs-go"
	"golang.org/x/sys/unix"
	"i2kit.dev/agent/internal/contract"
)

// wholeFamily masks socket's first argument to the 32 bits that the kernel reads. A comparison of 64 bits could be bypassed with a bit that the
// kernel drops.
const wholeFamily = 0xffffffff

// packetFamilies see every packet of the machine, past any firewall. Like the kernel, the filter allows them with NET_RAW only.
var packetFamilies = []uint64{unix.AF_PACKET, unix.AF_XDP}

// filter is the default profile of containerd and Docker with fewer ways to open a socket.
//
// Containers share the machine's network. A packet socket could read the metadata service's answers to the agent, credentials included. So socket
// families are an allow-list without packet sockets, unless NET_RAW is added by name or the container is privileged or unconfined. No other call
// bypasses the list: socketcall, whose arguments no filter sees, is left out, and so are 32-bit programs of x86, which have it.
func filter(spec *specs.Spec, security contract.Security) (*specs.LinuxSeccomp, error) {
	if contract.Or(security.Privileged, false) || contract.Or(security.Seccomp, "") == "Unconfined" {
		return nil, nil
	}
	profile, err := seccomp.GetDefaultProfile(spec)
	if err != nil {
		return nil, err
	}
	profile.Architectures = slices.DeleteFunc(profile.Architectures, func(each specs.Arch) bool {
		return each == specs.ArchX86 || each == specs.ArchX32
	})
	var rules []specs.LinuxSyscall
	for _, rule := range profile.Syscalls {
		rule.Names = slices.DeleteFunc(slices.Clone(rule.Names), func(name string) bool { return name == "socket" || name == "socketcall" })
		if len(rule.Names) > 0 {
			rules = append(rules, rule)
		}
	}
	profile.Syscalls = append(rules, families(spec.Process.Capabilities.Bounding)...)
	return profile, nil
}

// socketFamilies are the default profile's families without packet sockets. ALG (the kernel's cryptography) and VSOCK (the hypervisor) are among
// those left out.
var socketFamilies = []uint64{
	unix.AF_UNIX, unix.AF_INET, unix.AF_BRIDGE, unix.AF_ATMPVC, unix.AF_X25, unix.AF_INET6, unix.AF_NETBEUI, unix.AF_SECURITY, unix.AF_KEY,
	unix.AF_NETLINK, unix.AF_ASH, unix.AF_RDS, unix.AF_SNA, unix.AF_PPPOX, unix.AF_LLC, unix.AF_IB, unix.AF_MPLS, unix.AF_CAN, unix.AF_TIPC,
	unix.AF_BLUETOOTH, unix.AF_IUCV, unix.AF_RXRPC, unix.AF_PHONET, unix.AF_IEEE802154, unix.AF_NFC, unix.AF_KCM, unix.AF_QIPCRTR, unix.AF_SMC,
	unix.AF_MCTP,
}

// families are the rules that allow socket: one for each family, because a rule can compare an argument only once.
func families(held []string) []specs.LinuxSyscall {
	allowed := socketFamilies
	if slices.Contains(held, "CAP_NET_RAW") {
		allowed = append(slices.Clone(allowed), packetFamilies...)
	}
	var rules []specs.LinuxSyscall
	for _, family := range allowed {
		same := specs.LinuxSeccompArg{Index: 0, Value: wholeFamily, ValueTwo: family, Op: specs.OpMaskedEqual}
		rules = append(rules, specs.LinuxSyscall{Names: []string{"socket"}, Action: specs.ActAllow, Args: []specs.LinuxSeccompArg{same}})
	}
	return rules
}
