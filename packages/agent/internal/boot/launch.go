package boot

import (
	"fmt"
	"os"
	"path"
	"path/filepath"

	"i2kit.dev/agent/internal/contract"
	"i2kit.dev/agent/internal/credentials"
	"i2kit.dev/agent/internal/fault"
	"i2kit.dev/agent/internal/identity"
	"i2kit.dev/agent/internal/oci"
	"i2kit.dev/agent/internal/runtime"
	"i2kit.dev/agent/internal/volumes"
)

// configureContainers makes the OCI configuration of every container and saves it: from here on, another agent could
// take over.
func (a *Agent) configureContainers(spec *contract.Pod, who identity.Identity, from *inputs, made map[string]volumes.Made) error {
	pids := ""
	if contract.Or(spec.ShareProcessNamespace, false) {
		var err error
		if pids, err = a.Containers.SharedPIDs(); err != nil {
			return err
		}
	}
	launches, signals := map[string]runtime.Launch{}, map[string]string{}
	for _, containers := range [][]contract.Container{spec.InitContainers, spec.Containers} {
		// Init containers have ended before the others begin.
		free := &gpus{dev: "/dev"}
		for _, container := range containers {
			launch, signal, err := a.launchOf(spec, who, from, made, container, pids, free)
			if err != nil {
				return fault.Terminal(fmt.Errorf("the container %s: %w", container.Name, err))
			}
			launches[container.Name], signals[container.Name] = launch, signal
		}
	}
	a.updateState(func(k *savedState) { k.Launches, k.StopSignals = launches, signals })
	return nil
}

func (a *Agent) launchOf(spec *contract.Pod, who identity.Identity, from *inputs, made map[string]volumes.Made, container contract.Container, pids string, free *gpus) (runtime.Launch, string, error) {
	none := runtime.Launch{}
	folder, err := imageFolder(a.Images, container)
	if err != nil {
		return none, "", err
	}
	text, err := os.ReadFile(filepath.Join(folder, "config.json"))
	if err != nil {
		return none, "", fmt.Errorf("its image %s is not in this machine: %w", container.Image, err)
	}
	image, err := oci.ParseImage(text)
	if err != nil {
		return none, "", err
	}
	sources := contract.Sources{Image: image.Config.Env, Services: from.services, Secrets: from.secrets, Fields: from.fields}
	if a.saved.Document.Role != nil {
		sources.Credentials = credentials.Environment(a.saved.Document.Region, a.Roles.Addr().String())
	}
	env, err := contract.Resolve(container.Env, sources)
	if err != nil {
		return none, "", err
	}
	mounts, err := a.volumes().Bindings(container, made, env.Lookup)
	if err != nil {
		return none, "", err
	}
	devices, err := volumes.Devices(container, made)
	if err != nil {
		return none, "", err
	}
	if resources := container.Resources; resources != nil && resources.Gpus != nil {
		processors, err := free.take(*resources.Gpus)
		if err != nil {
			return none, "", err
		}
		devices = append(devices, processors...)
	}
	throttles, _ := filepath.Glob("/sys/devices/system/cpu/cpu*/thermal_throttle")
	lower := filepath.Join(folder, "rootfs")
	message := a.path("messages", container.Name)
	in := oci.Input{
		Container: container, Image: *image, Passwd: within(lower, "etc/passwd"), Group: within(lower, "etc/group"), Env: env,
		Hostname: who.Kernel, FSGroup: spec.FsGroup, Root: a.path("containers", container.Name, "rootfs"), Cgroup: path.Join(Group, container.Name),
		Shm: a.path("shm"), PIDs: pids, Mounts: mounts, Devices: devices, Memory: a.System.Memory(), Throttles: throttles,
		Files: []oci.File{
			{Destination: "/etc/hosts", Source: a.path("files", "hosts")},
			{Destination: "/etc/resolv.conf", Source: a.path("files", "resolv.conf")},
			{Destination: "/etc/hostname", Source: a.path("files", "hostname")},
			{Destination: contract.Or(container.TerminationMessagePath, "/dev/termination-log"), Source: message, Writable: true},
		},
	}
	if a.saved.Document.Role != nil {
		in.Files = append(in.Files, oci.File{Destination: credentials.TokenPath, Source: a.path("files", "token"), ReadOnly: true})
	}
	configured, err := oci.Spec(in)
	if err != nil {
		return none, "", err
	}
	launch := runtime.Launch{Spec: configured, Lower: lower, TTY: configured.Process.Terminal, Stdin: contract.Or(container.Stdin, false), Message: message, Fallback: fallsBack(container)}
	return launch, oci.StopSignal(container, *image), nil
}

// within reads a file of an image. A link that leads out of the image is not followed.
func within(folder, name string) string {
	root, err := os.OpenRoot(folder)
	if err != nil {
		return ""
	}
	defer root.Close()
	text, _ := root.ReadFile(name)
	return string(text)
}
