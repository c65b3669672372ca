// Codes of storage and of StatefulSets: 36x refused by Kubernetes, 49x not possible, 5xx different from a cluster,
// 65x in conflict with the lock file.
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
      'A StatefulSet has a known policy and strategy, and claim templates with different names. Correct the field.',
  },
  I2K490: {
    severity: 'error',
    title: 'Parameter of a storage class',
    explanation:
      "The driver of EBS volumes has no such parameter, or it cannot have this value. See the driver's parameters in its documentation.",
  },
  I2K491: {
    severity: 'error',
    title: 'Volume not supported by EBS',
    explanation: 'EBS has no volume of this type with this size and speed. Change the claim or its class.',
  },
  I2K492: {
    severity: 'error',
    title: 'Several default storage classes',
    explanation:
      'Kubernetes uses the newest of them, which no file states. Make only one the default, or name the class in each claim.',
  },
  I2K493: {
    severity: 'error',
    title: 'Partition without a previous image',
    explanation:
      'Ordinals below the partition keep their machine image, which is not known. Name it with the annotation i2kit.dev/previous-image, or leave the partition out.',
  },
  I2K494: {
    severity: 'error',
    title: 'Unsupported file system',
    explanation:
      "The machine's agent creates ext4 and xfs, without options. Use one of them, or leave it out for ext4.",
  },
  I2K515: {
    severity: 'warning',
    title: 'Claim that no workload mounts',
    explanation:
      'An EBS volume is created in the zone of the machine that attaches it, and no machine does. Mount the claim, or leave it out.',
  },
  I2K517: {
    severity: 'warning',
    title: 'Ascending updates',
    explanation:
      'CloudFormation updates machines in the order of their creation: from the lowest ordinal to the highest, whereas Kubernetes begins with the highest. No action is required if the order does not matter.',
  },
  I2K518: {
    severity: 'warning',
    title: 'Simultaneous updates',
    explanation:
      'Without an order CloudFormation updates all ordinals at once, whereas Kubernetes still updates one after the other. Use OrderedReady if the app needs a quorum.',
  },
  I2K519: {
    severity: 'warning',
    title: 'Encrypted',
    explanation: 'EBS volumes are always encrypted. Leave it out, or set it to true.',
  },
  I2K536: {
    severity: 'warning',
    title: 'DNS names of machines that are not ready',
    explanation:
      'The addresses of a StatefulSet are fixed, and so are its DNS records: they include machines that are not ready. Set publishNotReadyAddresses to true to confirm this.',
  },
  I2K537: {
    severity: 'warning',
    title: 'Unsupported parameter',
    explanation: 'The volume is created without it. Leave it out.',
  },
  I2K538: {
    severity: 'warning',
    title: 'SRV records of ports',
    explanation:
      'Machines without fixed addresses have no names for SRV records, so there are none. Look up the name of the Service itself.',
  },
  I2K650: {
    severity: 'error',
    title: 'Changed claim template',
    explanation:
      'The volumes of a StatefulSet are not created again, and Kubernetes refuses the change, too. Restore the template; to change a single volume, add a PersistentVolumeClaim of its name.',
  },
  I2K651: {
    severity: 'error',
    title: 'Volume that would shrink',
    explanation: 'An EBS volume can grow, but never shrink. Restore the size.',
  },
  I2K652: {
    severity: 'error',
    title: 'Volume that would be created again',
    explanation:
      'An EBS volume cannot change its zone, its key or its snapshot: a new, empty one would replace it. Restore the field, or give the claim another name and copy the data.',
  },
  I2K653: {
    severity: 'error',
    title: 'Volume that may not grow',
    explanation: 'The storage class does not allow it. Set allowVolumeExpansion to true.',
  },
  I2K654: {
    severity: 'error',
    title: 'No zone is left',
    explanation:
      "The pod's requirements and the storage classes have no zone in common. Change nodeSelector, affinity or allowedTopologies.",
  },
  I2K657: {
    severity: 'error',
    title: 'Zone of another region',
    explanation:
      'The pod requires an availability zone that the region does not have. Correct the zone, or the region.',
  },
  I2K655: {
    severity: 'warning',
    title: 'Modified volume',
    explanation:
      'EBS modifies a volume while it is in use, which can take hours, and modifies it again after at least six hours. The file system grows at the next boot of the machine.',
  },
  I2K656: {
    severity: 'warning',
    title: 'Retained volume',
    explanation:
      'The volume is no longer mounted, and stays in the stack with its data. Pass --prune-volumes to delete such volumes.',
  },
});
