package oci

import (
	specs "github.com/opencontainers/runtime-spec/specs-go"
	"i2kit.dev/agent/internal/contract"
)

const (
	leastShares = 2
	mostShares  = 262144
	period      = 100_000 // microseconds
	leastQuota  = 1_000
)

// limits are the control group's settings.
func limits(in Input, privileged bool) *specs.LinuxResources {
	wanted := contract.Or(in.Container.Resources, contract.Resources{})
	shares := uint64(min(max(contract.Or(wanted.CpuRequest, 0)*1024/1000, leastShares), mostShares))
	found := &specs.LinuxResources{
		Devices: []specs.LinuxDeviceCgroup{{Allow: privileged, Access: "rwm"}},
		CPU:     &specs.LinuxCPU{Shares: &shares},
	}
	if wanted.CpuLimit != nil {
		quota, length := max(*wanted.CpuLimit*period/1000, leastQuota), uint64(period)
		found.CPU.Quota, found.CPU.Period = &quota, &length
	}
	if wanted.MemoryLimit != nil {
		// The limit with swap is the same: there is no swap.
		limit, swap := *wanted.MemoryLimit, *wanted.MemoryLimit
		found.Memory = &specs.LinuxMemory{Limit: &limit, Swap: &swap}
	}
	for _, device := range in.Devices {
		major, minor := device.Major, device.Minor
		found.Devices = append(found.Devices, specs.LinuxDeviceCgroup{Allow: true, Type: device.Type, Major: &major, Minor: &minor, Access: "rwm"})
	}
	return found
}

// oomScore determines how early the kernel kills the container when memory runs out. As in a kubelet, it depends on
// the memory request.
func oomScore(in Input) int {
	wanted := contract.Or(in.Container.Resources, contract.Resources{})
	switch {
	case wanted.CpuLimit != nil && wanted.MemoryLimit != nil && contract.Or(wanted.CpuRequest, 0) == *wanted.CpuLimit && contract.Or(wanted.MemoryRequest, 0) == *wanted.MemoryLimit:
		return -997
	case wanted == contract.Resources{}:
		return 1000
	case in.Memory <= 0:
		return 999
	}
	return int(min(max(1000-1000*contract.Or(wanted.MemoryRequest, 0)/in.Memory, 3), 999))
}
