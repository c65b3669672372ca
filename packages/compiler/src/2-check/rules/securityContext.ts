// Contradictions in security contexts. As ValidateSecurityContext of Kubernetes, and as the runtime would refuse
// them.
import { containerRule } from '../rule.ts';

/** Linux' capabilities (capability.h), without CAP_. */
const CAPABILITIES = new Set(
  `ALL AUDIT_CONTROL AUDIT_READ AUDIT_WRITE BLOCK_SUSPEND BPF CHECKPOINT_RESTORE CHOWN DAC_OVERRIDE DAC_READ_SEARCH FOWNER FSETID
   IPC_LOCK IPC_OWNER KILL LEASE LINUX_IMMUTABLE MAC_ADMIN MAC_OVERRIDE MKNOD NET_ADMIN NET_BIND_SERVICE NET_BROADCAST NET_RAW
   PERFMON SETFCAP SETGID SETPCAP SETUID SYS_ADMIN SYS_BOOT SYS_CHROOT SYS_MODULE SYS_NICE SYS_PACCT SYS_PTRACE SYS_RAWIO
   SYS_RESOURCE SYS_TIME SYS_TTY_CONFIG SYSLOG WAKE_ALARM`.split(/\s+/),
);

export const securityContext = containerRule(['I2K323', 'I2K417', 'I2K426'], ({ container, path, pod }, reportAt) => {
  const context = container.securityContext ?? {};
  const shared = pod.spec.securityContext;
  const contextPath = [...path, 'securityContext'];
  const nonRoot = context.runAsNonRoot ?? shared.runAsNonRoot;
  const user = context.runAsUser ?? shared.runAsUser;
  if (nonRoot && user === 0) {
    const where =
      context.runAsUser === undefined ? [...pod.path, 'securityContext', 'runAsUser'] : [...contextPath, 'runAsUser'];
    reportAt(where, `the container ${container.name} has runAsNonRoot but runs as user 0`);
  }
  const { add = [], drop = [] } = context.capabilities ?? {};
  if (context.allowPrivilegeEscalation === false && context.privileged) {
    reportAt(
      [...contextPath, 'allowPrivilegeEscalation'],
      'a privileged container cannot have allowPrivilegeEscalation false',
    );
  } else if (context.allowPrivilegeEscalation === false && add.includes('CAP_SYS_ADMIN')) {
    // Kubernetes compares with this spelling only.
    reportAt(
      [...contextPath, 'allowPrivilegeEscalation'],
      'a container with CAP_SYS_ADMIN cannot have allowPrivilegeEscalation false',
    );
  }
  for (const [field, names] of Object.entries({ add, drop })) {
    for (const [index, name] of names.entries()) {
      // containerd ignores case, and accepts them only without CAP_.
      if (CAPABILITIES.has(name.toUpperCase())) continue;
      const short = name.toUpperCase().replace(/^CAP_/, '');
      const hint = CAPABILITIES.has(short) ? `Write ${short}.` : undefined;
      reportAt([...contextPath, 'capabilities', field, index], `${JSON.stringify(name)} is not a capability`, {
        code: 'I2K426',
        ...(hint && { hint }),
      });
    }
  }
  for (const field of ['seccompProfile', 'appArmorProfile'] as const) {
    const profile = context[field] ?? shared[field];
    const where = context[field] ? [...contextPath, field, 'type'] : [...pod.path, 'securityContext', field, 'type'];
    if (profile?.type === 'Localhost')
      reportAt(where, 'the machine image contains no custom security profiles', { code: 'I2K417' });
  }
});
