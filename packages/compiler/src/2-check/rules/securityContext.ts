// Security contexts that contradict themselves. As ValidateSecurityContext of Kubernetes, and what the runtime would refuse.
import { containerRule } from '../rule.ts';

/** Linux' capabilities (capability.h), without CAP_. */
const CAPABILITIES = new Set(
  `ALL AUDIT_CONTROL AUDIT_READ AUDIT_WRITE BLOCK_SUSPEND BPF CHECKPOINT_RESTORE CHOWN DAC_OVERRIDE DAC_READ_SEARCH FOWNER FSETID
   IPC_LOCK IPC_OWNER KILL LEASE LINUX_IMMUTABLE MAC_ADMIN MAC_OVERRIDE MKNOD NET_ADMIN NET_BIND_SERVICE NET_BROADCAST NET_RAW
   PERFMON SETFCAP SETGID SETPCAP SETUID SYS_ADMIN SYS_BOOT SYS_CHROOT SYS_MODULE SYS_NICE SYS_PACCT SYS_PTRACE SYS_RAWIO
   SYS_RESOURCE SYS_TIME SYS_TTY_CONFIG SYSLOG WAKE_ALARM`.split(/\s+/),
);

export const securityContext = containerRule(['I2K323', 'I2K417', 'I2K426'], ({ container, path, pod }, say) => {
  const own = container.securityContext ?? {};
  const shared = pod.spec.securityContext;
  const at = [...path, 'securityContext'];
  const nonRoot = own.runAsNonRoot ?? shared.runAsNonRoot;
  const user = own.runAsUser ?? shared.runAsUser;
  if (nonRoot && user === 0) {
    const where = own.runAsUser === undefined ? [...pod.path, 'securityContext', 'runAsUser'] : [...at, 'runAsUser'];
    say(where, `the container ${container.name} has runAsNonRoot, and runs as user 0`);
  }
  const { add = [], drop = [] } = own.capabilities ?? {};
  if (own.allowPrivilegeEscalation === false && own.privileged) {
    say([...at, 'allowPrivilegeEscalation'], 'a privileged container cannot be kept from gaining privileges');
  } else if (
    own.allowPrivilegeEscalation === false &&
    add.some((name) => name === 'SYS_ADMIN' || name === 'CAP_SYS_ADMIN')
  ) {
    say([...at, 'allowPrivilegeEscalation'], 'a container with SYS_ADMIN cannot be kept from gaining privileges');
  }
  for (const [field, names] of Object.entries({ add, drop })) {
    for (const [index, name] of names.entries()) {
      // containerd reads them without regard to case, and only without CAP_.
      if (CAPABILITIES.has(name.toUpperCase())) continue;
      const short = name.toUpperCase().replace(/^CAP_/, '');
      const hint = CAPABILITIES.has(short) ? `write ${short}` : undefined;
      say([...at, 'capabilities', field, index], `${JSON.stringify(name)} is no capability`, {
        code: 'I2K426',
        ...(hint && { hint }),
      });
    }
  }
  for (const field of ['seccompProfile', 'appArmorProfile'] as const) {
    const profile = own[field] ?? shared[field];
    const where = own[field] ? [...at, field, 'type'] : [...pod.path, 'securityContext', field, 'type'];
    if (profile?.type === 'Localhost')
      say(where, "the machine's image holds no security profiles of yours", { code: 'I2K417' });
  }
});
