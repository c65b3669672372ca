// Codes 78x and 79x: building machine images and importing them into an account.
import { defineCodes } from './codeEntry.ts';

export const imageCodes = defineCodes({
  I2K780: {
    severity: 'error',
    title: 'Invalid part of a machine image',
    explanation: 'The kernel, the EFI stub, the root file system or the template of a machine image cannot be used.',
  },
  I2K781: {
    severity: 'error',
    title: 'Disk full',
    explanation:
      'There is no space left for building machine images. Free some space, or name another directory with --images-dir.',
  },
  I2K782: {
    severity: 'error',
    title: 'Missing program',
    explanation:
      "Machine images are built with linuxkit and mksquashfs, and run with QEMU; each must be on PATH. Registries may need a credential helper that Docker's configuration names.",
  },
  I2K783: {
    severity: 'error',
    title: 'Program too old',
    explanation:
      'The linuxkit on PATH does not support the configuration that i2kit passes to it. Install 1.6 or newer.',
  },
  I2K784: {
    severity: 'error',
    title: 'Failed program',
    explanation:
      'linuxkit, mksquashfs, QEMU or a credential helper ended with an error. The message shows its output, and the log named in the hint all of it.',
  },
  I2K785: {
    severity: 'error',
    title: 'Invalid container image reference',
    explanation: 'References are `[host/]name[:tag][@sha256:digest]`, in lower case.',
  },
  I2K786: {
    severity: 'error',
    title: 'Registry refused access',
    explanation:
      "The registry requires credentials, or rejects the current ones. Log in with `docker login`, or name the directory of Docker's configuration with I2KIT_DOCKER_CONFIG.",
  },
  I2K787: {
    severity: 'error',
    title: 'Container image does not exist',
    explanation: 'The registry has no such repository, tag or digest.',
  },
  I2K788: {
    severity: 'error',
    title: 'Too many requests to a registry',
    explanation: 'The registry answered 429 to every attempt. Log in, wait, or use a mirror (--mirror).',
  },
  I2K789: {
    severity: 'error',
    title: 'Unreachable registry',
    explanation: 'The registry did not answer in time, or answered every attempt with an error of its own.',
  },
  I2K790: {
    severity: 'error',
    title: 'Invalid answer of a registry',
    explanation:
      "The registry's answer has a format that no current tool writes, or does not have the requested digest.",
  },
  I2K791: {
    severity: 'error',
    title: 'Container image of another architecture',
    explanation:
      "The container image has no variant for the architecture of the group's machines. Choose another image, or another architecture with a nodeSelector on `kubernetes.io/arch`.",
  },
  I2K792: {
    severity: 'error',
    title: 'Invalid Docker configuration',
    explanation:
      'config.json of ~/.docker, or of the directory named by I2KIT_DOCKER_CONFIG or DOCKER_CONFIG, is not readable JSON.',
  },
  I2K793: {
    severity: 'error',
    title: 'Container image without a locked digest',
    explanation:
      'Machine images are built from digests, which the lock file holds. `i2kit image build` looks them up and writes them.',
  },
  I2K794: {
    severity: 'error',
    title: 'AWS refused a call',
    explanation:
      'The credentials are missing, have expired, or lack permissions for importing a machine image: `i2kit iam-policy --for image` prints them.',
  },
  I2K795: {
    severity: 'error',
    title: 'Impossible import of a machine image',
    explanation:
      "The request contradicts itself, e.g. sharing a machine image that only the account's own key can read.",
  },
  I2K796: {
    severity: 'error',
    title: 'AWS could not create the machine image',
    explanation:
      'EBS or EC2 gave up a snapshot, an import or a copy; the message has its reason. Run the command again: it resumes where it stopped.',
  },
  I2K797: {
    severity: 'error',
    title: 'Import of a machine image still running',
    explanation: 'Timed out; the operation continues in AWS. Run the command again to resume waiting.',
  },
  I2K798: {
    severity: 'warning',
    title: 'Moved tag',
    explanation:
      "The registry's tag has a different digest than the lock file. The locked digest is used, so that a deployment changes only on request: `i2kit image build --update` takes the current one.",
  },
  I2K799: {
    severity: 'error',
    title: 'Unknown workload',
    explanation: 'Name a workload as [Kind/][namespace/]name, with as many parts as make it unique in the input.',
  },
});
