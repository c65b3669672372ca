// Codes of disks and of machines that keep something: 36x what Kubernetes refuses, 49x what cannot be done, 5xx what is done otherwise, 65x
// what the lock knows of a disk.
import { defineCodes } from './codeEntry.ts';

export const storageCodes = defineCodes({
  I2K360: {
    severity: 'error',
    title: 'Storage class',
    explanation:
      'A storage class names its provisioner, known policies and modes, and labels with values. Correct the field.',
  },
  I2K361: {
    severity: 'error',
    title: 'StatefulSet',
    explanation:
      'A StatefulSet has a known policy and strategy, and claim templates of different names. Correct the field.',
  },
  I2K490: {
    severity: 'error',
    title: 'Parameter of a storage class',
    explanation:
      "The driver of EBS volumes has no such parameter, or it cannot have this value. See the driver's parameters in its documentation.",
  },
  I2K491: {
    severity: 'error',
    title: 'Disk that EBS does not make',
    explanation: 'EBS has no volume of this type with this size and speed. Change the claim or its class.',
  },
  I2K492: {
    severity: 'error',
    title: 'Several default storage classes',
    explanation:
      'Kubernetes takes the youngest of them, which no file says. Let one be the default, or name the class in each claim.',
  },
  I2K493: {
    severity: 'error',
    title: 'Partition without a previous image',
    explanation:
      'Ordinals below the partition keep what they run, and nothing here says what that is. Name their image with the annotation i2kit.dev/previous-image, or leave the partition out.',
  },
  I2K494: {
    severity: 'error',
    title: 'File system that the machine does not make',
    explanation: "The machine's agent makes ext4 and xfs, without options. Use one of them, or leave it out for ext4.",
  },
  I2K515: {
    severity: 'warning',
    title: 'Claim that nothing mounts',
    explanation:
      'A disk is made where the machine is that attaches it, and there is none. Mount the claim, or leave it out.',
  },
  I2K517: {
    severity: 'warning',
    title: 'Updates ascend',
    explanation:
      'CloudFormation updates machines in the order in which it makes them: from the lowest ordinal to the highest, where Kubernetes begins with the highest. Nothing needs to be done if no order is relied on.',
  },
  I2K518: {
    severity: 'warning',
    title: 'All machines at a time',
    explanation:
      'Without an order CloudFormation updates all ordinals at once, where Kubernetes still takes one after the other. Use OrderedReady if the app needs a quorum.',
  },
  I2K519: {
    severity: 'warning',
    title: 'Encrypted',
    explanation: 'Disks are always encrypted. Leave it out, or set it to true.',
  },
  I2K536: {
    severity: 'warning',
    title: 'Names of machines that are not ready',
    explanation:
      'The addresses of a StatefulSet are fixed, and so are the records: they answer for machines that are not ready, too. Set publishNotReadyAddresses to true to say so.',
  },
  I2K537: {
    severity: 'warning',
    title: 'Parameter that is not honoured',
    explanation: 'The disk is made without it. Leave it out.',
  },
  I2K538: {
    severity: 'warning',
    title: 'Names of ports',
    explanation:
      'Machines that come and go have no names that SRV records could lead to, so there are none. Look up the name of the Service itself.',
  },
  I2K650: {
    severity: 'error',
    title: 'Claim template that has changed',
    explanation:
      'Disks that a StatefulSet has made are not made anew, and Kubernetes refuses the change, too. Put the template back; to change a disk alone, add a PersistentVolumeClaim of its name.',
  },
  I2K651: {
    severity: 'error',
    title: 'Disk that would shrink',
    explanation: 'A disk can grow, and never shrink. Put the size back.',
  },
  I2K652: {
    severity: 'error',
    title: 'Disk that would be made anew',
    explanation:
      'A disk cannot change its zone, its key or what it was made from: there would be a new, empty one in its place. Put it back, or give the claim another name and copy the data.',
  },
  I2K653: {
    severity: 'error',
    title: 'Disk that may not grow',
    explanation: 'The storage class does not allow it. Set allowVolumeExpansion to true.',
  },
  I2K654: {
    severity: 'error',
    title: 'No zone is left',
    explanation:
      'What the pod asks for and what the storage classes allow have no zone in common. Change nodeSelector, affinity or allowedTopologies.',
  },
  I2K655: {
    severity: 'warning',
    title: 'Disk that is changed',
    explanation:
      'EBS changes a disk while it is in use, which can take hours, and changes it again after six hours at the earliest. The file system grows when the machine boots next.',
  },
  I2K656: {
    severity: 'warning',
    title: 'Disk that is kept',
    explanation:
      'Nothing mounts the disk any more, and it stays in the stack with its data. To let such disks go, use --prune-volumes.',
  },
});
