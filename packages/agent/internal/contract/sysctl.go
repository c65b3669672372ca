package contract

import (
	"path"
	"slices"
	"strings"
)

// Kernel parameters that a pod may set. Kubernetes treats those of the network and of IPC as a pod's own. The others
// here belong to the machine, which has one pod: limits of memory, files and processes. All others reach outside of
// the pod or weaken the isolation of containers: kernel.core_pattern and kernel.modprobe name programs that the
// kernel runs as root, outside of every container. The compiler has the same list; the tests of both sides read
// contract/vectors/sysctls.json.
var (
	sysctlFolders = []string{"net/", "fs/mqueue/", "fs/inotify/", "fs/fanotify/", "fs/epoll/", "kernel/keys/"}
	sysctlBegins  = []string{"kernel/shm", "kernel/msg", "kernel/sched_", "vm/dirty_", "vm/overcommit_", "fs/pipe-"}
	sysctlNames   = []string{
		"kernel/sem", "kernel/pid_max", "kernel/threads-max", "kernel/numa_balancing", "fs/file-max", "fs/nr_open", "fs/aio-max-nr",
		"vm/max_map_count", "vm/swappiness", "vm/min_free_kbytes", "vm/vfs_cache_pressure", "vm/nr_hugepages", "vm/nr_overcommit_hugepages",
		"vm/zone_reclaim_mode", "vm/watermark_scale_factor", "vm/page-cluster", "vm/compaction_proactiveness", "vm/admin_reserve_kbytes",
		"vm/user_reserve_kbytes", "vm/hugetlb_shm_group", "vm/stat_interval",
	}
	// sysctlNever are in the network's folder but belong to the whole kernel.
	sysctlNever = []string{"net/core/bpf_jit_"}
)

// SysctlPath returns the path of a kernel parameter below /proc/sys. As in sysctl(8), the first dot or slash in a
// name is its separator.
func SysctlPath(name string) string {
	first := strings.IndexAny(name, "./")
	if first >= 0 && name[first] == '.' {
		// A slash then stands for a dot, as in net.ipv4.conf.eth0/1.mtu.
		name = strings.Map(func(each rune) rune {
			switch each {
			case '.':
				return '/'
			case '/':
				return '.'
			}
			return each
		}, name)
	}
	return path.Clean("/" + name)[1:]
}

// AllowedSysctl reports whether a pod may set a kernel parameter.
func AllowedSysctl(name string) bool {
	place := SysctlPath(name)
	begins := func(with string) bool { return strings.HasPrefix(place, with) }
	if slices.ContainsFunc(sysctlNever, begins) {
		return false
	}
	return slices.Contains(sysctlNames, place) || slices.ContainsFunc(sysctlFolders, begins) || slices.ContainsFunc(sysctlBegins, begins)
}
