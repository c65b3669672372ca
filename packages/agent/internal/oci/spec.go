// Package oci builds the runtime configuration of a container from the contract and the image's own configuration. It
// is pure: everything that it needs of the machine is an argument.
package oci

import (
	"errors"
	"slices"

	specs "github.com/opencontainers/runtime-spec/specs-go"
	"i2kit.dev/agent/internal/contract"
)

// File is one file of the machine that is mounted into a container.
type File struct {
	Destination, Source string
	ReadOnly, Writable  bool // independent of the root file system
}

// Input is everything that a configuration is built from.
type Input struct {
	Container contract.Container
	Image     Image
	Passwd    string // of the image
	Group     string
	Env       *contract.Environment
	Hostname  string
	FSGroup   *int64
	Root      string // path of the root file system
	Cgroup    string // path of the control group
	Shm       string // the directory mounted as /dev/shm
	PIDs      string // path of the process namespace to join; empty: a new one
	Files     []File
	Mounts    []specs.Mount
	Devices   []specs.LinuxDevice
	Memory    int64    // the machine's memory, in bytes
	Throttles []string // folders with the temperatures of the machine's processors; masked
}

const usualPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

var masked = []string{
	"/proc/asound", "/proc/acpi", "/proc/interrupts", "/proc/kcore", "/proc/keys", "/proc/latency_stats", "/proc/timer_list", "/proc/timer_stats",
	"/proc/sched_debug", "/proc/scsi", "/sys/firmware", "/sys/devices/virtual/powercap",
}

var readOnly = []string{"/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger"}

// Spec builds the configuration. An error is a terminal fault: the image and the document do not change.
func Spec(in Input) (*specs.Spec, error) {
	security := contract.Or(in.Container.Security, contract.Security{})
	privileged := contract.Or(security.Privileged, false)
	args, err := command(in)
	if err != nil {
		return nil, err
	}
	if len(args) == 0 {
		return nil, errors.New("neither the container nor its image has a command")
	}
	who, home, err := user(in)
	if err != nil {
		return nil, err
	}
	held, err := capabilities(security)
	if err != nil {
		return nil, err
	}
	readOnlyRoot := contract.Or(security.ReadOnlyRoot, false)
	mounts := append(system(in, privileged), given(in, readOnlyRoot)...)
	score := oomScore(in)
	spec := &specs.Spec{
		// The version that the oldest supported runc reads.
		Version: "1.0.2",
		Root:    &specs.Root{Path: in.Root, Readonly: readOnlyRoot},
		Mounts:  mounts,
		Process: &specs.Process{
			Terminal:        contract.Or(in.Container.Tty, false),
			User:            who,
			Args:            args,
			Env:             environment(in, home),
			Cwd:             directory(in),
			Capabilities:    held,
			NoNewPrivileges: security.AllowPrivilegeEscalation != nil,
			OOMScoreAdj:     &score,
		},
		Linux: &specs.Linux{
			CgroupsPath:       in.Cgroup,
			Resources:         limits(in, privileged),
			Namespaces:        []specs.LinuxNamespace{{Type: specs.MountNamespace}, {Type: specs.PIDNamespace, Path: in.PIDs}, {Type: specs.CgroupNamespace}},
			Devices:           in.Devices,
			RootfsPropagation: propagation(mounts),
		},
	}
	if !privileged {
		spec.Linux.MaskedPaths, spec.Linux.ReadonlyPaths = append(slices.Clone(masked), in.Throttles...), readOnly
	}
	if spec.Linux.Seccomp, err = filter(spec, security); err != nil {
		return nil, err
	}
	return spec, nil
}

// command merges as Kubernetes does: a `command` replaces the image's ENTRYPOINT and CMD, `args` alone only its CMD.
func command(in Input) ([]string, error) {
	args, err := contract.ExpandWords(in.Container.Args, in.Env.Lookup)
	if err != nil {
		return nil, err
	}
	switch {
	case len(in.Container.Command) > 0:
		words, err := contract.ExpandWords(in.Container.Command, in.Env.Lookup)
		return append(words, args...), err
	case len(in.Container.Args) > 0:
		return append(append([]string(nil), in.Image.Config.Entrypoint...), args...), nil
	}
	return append(append([]string(nil), in.Image.Config.Entrypoint...), in.Image.Config.Cmd...), nil
}

func directory(in Input) string {
	if said := contract.Or(in.Container.WorkingDir, in.Image.Config.WorkingDir); said != "" {
		return said
	}
	return "/"
}

// environment adds a runtime's default variables where nothing else has set them.
func environment(in Input, home string) []string {
	in.Env.SetDefault("PATH", usualPath)
	in.Env.SetDefault("HOSTNAME", in.Hostname)
	in.Env.SetDefault("HOME", home)
	if contract.Or(in.Container.Tty, false) {
		in.Env.SetDefault("TERM", "xterm")
	}
	return in.Env.All()
}

// StopSignal is the signal that asks the container to end.
func StopSignal(container contract.Container, image Image) string {
	if said := contract.Or(container.StopSignal, image.Config.StopSignal); said != "" {
		return said
	}
	return "SIGTERM"
}
