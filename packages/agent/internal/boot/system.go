package boot

import (
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"golang.org/x/sys/unix"
	"i2kit.dev/agent/internal/cgroup"
	"i2kit.dev/agent/internal/contract"
	"i2kit.dev/agent/internal/firewall"
	"i2kit.dev/agent/internal/volumes"
)

// Linux is the machine that the agent runs on.
type Linux struct{}

// Guard blocks the containers' access to the metadata service.
func (Linux) Guard(group string) error { return firewall.Guard(group) }

// Redirect redirects ports of the machine to ports of the pod.
func (Linux) Redirect(ports []contract.Redirect, addresses []string) error {
	return firewall.Redirect(ports, addresses)
}

// Sysctl sets a kernel parameter.
func (Linux) Sysctl(name, value string) error {
	if !contract.AllowedSysctl(name) {
		return errors.New("it reaches outside of the pod")
	}
	return os.WriteFile(filepath.Join("/proc/sys", contract.SysctlPath(name)), []byte(value), 0)
}

// Hostname sets the kernel's host name.
func (Linux) Hostname(name string) error { return unix.Sethostname([]byte(name)) }

// SharedMemory makes the /dev/shm that the containers share.
func (Linux) SharedMemory(folder string) error {
	if err := os.MkdirAll(folder, 0o755); err != nil || volumes.IsMounted(folder) {
		return err
	}
	return unix.Mount("shm", folder, "tmpfs", unix.MS_NOSUID|unix.MS_NODEV|unix.MS_NOEXEC, "mode=1777,size=64m")
}

// PowerOff powers the machine off.
func (Linux) PowerOff() error {
	unix.Sync()
	return unix.Reboot(unix.LINUX_REBOOT_CMD_POWER_OFF)
}

// Memory is the machine's memory, in bytes.
func (Linux) Memory() int64 {
	var info unix.Sysinfo_t
	if unix.Sysinfo(&info) != nil {
		return 0
	}
	return int64(info.Totalram) * int64(info.Unit)
}

// Used is the working set of a control group, in bytes.
func (Linux) Used(group string) (int64, error) {
	mount, err := cgroup.Mount()
	if err != nil {
		return 0, err
	}
	return workingSet(filepath.Join(mount, group))
}

// Boot is the time of the machine's boot.
func (Linux) Boot() time.Time {
	text, _ := os.ReadFile("/proc/uptime")
	first, _, _ := strings.Cut(string(text), " ")
	seconds, _ := strconv.ParseFloat(first, 64)
	return time.Now().Add(-time.Duration(seconds * float64(time.Second)))
}

// Resolver is the machine's resolv.conf.
func (Linux) Resolver() string {
	text, _ := os.ReadFile("/etc/resolv.conf")
	return string(text)
}
