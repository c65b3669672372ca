// Codes 78x and 79x: making images, and bringing them into an account.
import { defineCodes } from './codeEntry.ts';

export const imageCodes = defineCodes({
  I2K780: {
    severity: 'error',
    title: 'A part of an image is not what it should be',
    explanation:
      'The kernel, the EFI stub, the root file system or the template that an image is made or run from cannot be used as it is.',
  },
  I2K781: {
    severity: 'error',
    title: 'The disk is full',
    explanation: 'There is no room left where images are built. Make room, or name another folder with --images-dir.',
  },
  I2K782: {
    severity: 'error',
    title: 'A program is missing',
    explanation:
      "Images are built with linuxkit and mksquashfs, and run with QEMU; each has to be on PATH. Registries may need a credential helper that Docker's configuration names.",
  },
  I2K783: {
    severity: 'error',
    title: 'A program is too old',
    explanation: 'The linuxkit on PATH does not know the configuration that i2kit gives it. Install 1.6 or newer.',
  },
  I2K784: {
    severity: 'error',
    title: 'A program failed',
    explanation:
      'linuxkit, mksquashfs, QEMU or a credential helper ended with an error. What it said is in the message, and all of it in the log that the hint names.',
  },
  I2K785: {
    severity: 'error',
    title: 'An image reference that no registry understands',
    explanation: 'References are `[host/]name[:tag][@sha256:digest]`, in lower case.',
  },
  I2K786: {
    severity: 'error',
    title: 'A registry refused',
    explanation:
      "The registry wants credentials, or other ones. Log in there with `docker login`, or name the folder of Docker's configuration with I2KIT_DOCKER_CONFIG.",
  },
  I2K787: {
    severity: 'error',
    title: 'A container image does not exist',
    explanation: 'The registry has no such repository, tag or digest.',
  },
  I2K788: {
    severity: 'error',
    title: 'A registry has had too many requests',
    explanation:
      'The registry answered 429 for as long as it was asked. Log in there, wait, or use a mirror (--mirror).',
  },
  I2K789: {
    severity: 'error',
    title: 'A registry cannot be reached',
    explanation:
      'The registry did not answer in time, or answered with an error of its own, each time that it was asked.',
  },
  I2K790: {
    severity: 'error',
    title: "A registry's answer makes no sense",
    explanation:
      'What the registry gave is of a form that no current tool makes, or does not have the digest that was asked for.',
  },
  I2K791: {
    severity: 'error',
    title: 'A container image is not made for the machine',
    explanation:
      "The image has no variant for the architecture of the group's machines. Choose another image, or another architecture with a nodeSelector on `kubernetes.io/arch`.",
  },
  I2K792: {
    severity: 'error',
    title: "Docker's configuration cannot be read",
    explanation:
      'config.json of ~/.docker, or of the folder that I2KIT_DOCKER_CONFIG or DOCKER_CONFIG names, is not readable JSON.',
  },
  I2K793: {
    severity: 'error',
    title: 'A container image is not locked',
    explanation:
      'Images are made of digests, which the lock file holds. `i2kit image build` looks them up and writes them.',
  },
  I2K794: {
    severity: 'error',
    title: 'AWS refused a call',
    explanation:
      'The credentials are missing, have expired, or do not allow what the import of an image needs: `i2kit iam-policy --for image` prints it.',
  },
  I2K795: {
    severity: 'error',
    title: 'An image cannot be imported as asked',
    explanation: "What is asked for excludes itself, e.g. sharing an image that only the account's own key can read.",
  },
  I2K796: {
    severity: 'error',
    title: 'AWS could not make the image',
    explanation:
      'EBS or EC2 gave a snapshot, an import or a copy up; its reason is in the message. Run the command again: it goes on where it stopped.',
  },
  I2K797: {
    severity: 'error',
    title: 'AWS is not done with an image',
    explanation: 'The time is over, and it goes on in AWS. Run the command again: it goes on waiting.',
  },
  I2K798: {
    severity: 'warning',
    title: 'A tag has moved',
    explanation:
      'The registry has other content under a tag than the lock file. What is locked stays, so that a deployment changes only when somebody says so: `i2kit image build --update` takes what is there now.',
  },
  I2K799: {
    severity: 'error',
    title: 'No such workload',
    explanation: 'A workload is named as [Kind/][namespace/]name; say as much of it as makes it one of the input.',
  },
});
