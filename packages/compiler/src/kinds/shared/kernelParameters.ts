// The kernel parameters that a pod may set (`securityContext.sysctls`).
//
// Kubernetes considers those of the network and of IPC the pod's own. A machine has one pod, so amounts of memory, files and processes are
// allowed as well. All others affect more than the pod or weaken the isolation of containers. The agent has the same list; the tests of both
// read contract/vectors/sysctls.json.

const folders = ['net/', 'fs/mqueue/', 'fs/inotify/', 'fs/fanotify/', 'fs/epoll/', 'kernel/keys/'];
const beginnings = ['kernel/shm', 'kernel/msg', 'kernel/sched_', 'vm/dirty_', 'vm/overcommit_', 'fs/pipe-'];
const names = new Set([
  ...['kernel/sem', 'kernel/pid_max', 'kernel/threads-max', 'kernel/numa_balancing'],
  ...['fs/file-max', 'fs/nr_open', 'fs/aio-max-nr'],
  ...[
    'vm/max_map_count',
    'vm/swappiness',
    'vm/min_free_kbytes',
    'vm/vfs_cache_pressure',
    'vm/nr_hugepages',
    'vm/nr_overcommit_hugepages',
  ],
  ...[
    'vm/zone_reclaim_mode',
    'vm/watermark_scale_factor',
    'vm/page-cluster',
    'vm/compaction_proactiveness',
    'vm/admin_reserve_kbytes',
  ],
  ...['vm/user_reserve_kbytes', 'vm/hugetlb_shm_group', 'vm/stat_interval'],
]);
/** In the directory of the network, but global to the kernel. */
const never = ['net/core/bpf_jit_'];

/** The path below /proc/sys. As in sysctl(8), the first dot or slash of a name is the separator. */
export function kernelParameterPath(name: string): string {
  const dotted = /[./]/.exec(name)?.[0] === '.';
  const slashed = dotted ? name.replace(/[./]/g, (found) => (found === '.' ? '/' : '.')) : name;
  const parts: string[] = [];
  for (const part of slashed.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts.join('/');
}

export function allowedKernelParameter(name: string): boolean {
  const path = kernelParameterPath(name);
  const begins = (beginning: string) => path.startsWith(beginning);
  return !never.some(begins) && (names.has(path) || folders.some(begins) || beginnings.some(begins));
}
