// Codes 3xx: Kubernetes itself would refuse the object.
import { defineCodes } from './codeEntry.ts';

const error = (title: string, explanation: string) => ({ severity: 'error', title, explanation }) as const;

export const kubernetesCodes = defineCodes({
  I2K301: error(
    'Name',
    'An object needs a name of lower-case letters, digits and hyphens, as a DNS name has them. Choose such a name.',
  ),
  I2K302: error(
    'Label',
    'A label has a key like `example.com/name` and a value of at most 63 letters, digits, `-`, `_` and `.`. Change the key or the value.',
  ),
  I2K303: error(
    'Annotation',
    'An annotation has a key like `example.com/name`, and all annotations of an object together have at most 256 KiB. Change or shorten it.',
  ),
  I2K304: error(
    'Duplicate object',
    'Two objects of one kind have the same name and namespace. Remove or rename one of them.',
  ),
  I2K305: error(
    'Container',
    'A pod has at least one container, and the names of its containers are different DNS labels. Rename the container.',
  ),
  I2K306: error(
    'Image',
    'A container needs an image: `[registry/]name[:tag][@digest]`, in lower case. Correct the reference.',
  ),
  I2K307: error(
    'Container port',
    'A port is a number from 1 to 65535, and its name has at most 15 lower-case letters, digits and hyphens. Correct the port.',
  ),
  I2K308: error(
    'Environment variable',
    'A variable needs a name, and either a value or exactly one source. Correct the variable.',
  ),
  I2K309: error('Volume', 'A volume needs a unique name, and exactly one source. Correct the volume.'),
  I2K310: error(
    'Volume mount',
    'A mount names a volume of the pod and an absolute path that no other mount of the container has. Correct the mount.',
  ),
  I2K311: error(
    'Key or path',
    'A key is a file name of letters, digits, `-`, `_` and `.`, and a path stays inside its volume. Choose another key or path.',
  ),
  I2K312: error('Data', 'A ConfigMap or Secret holds at most 1 MiB, and each key once. Split or correct it.'),
  I2K313: error('Secret type', 'A Secret of this type needs certain keys. Add them, or use the type Opaque.'),
  I2K314: error(
    'Selector',
    'A selector needs at least one label, and each expression a known operator with matching values. Correct the selector.',
  ),
  I2K315: error(
    'Selector that does not match',
    "A workload's selector must match the labels of its own template. Make them equal.",
  ),
  I2K316: error(
    'Strategy',
    'A Deployment is rolled out by RollingUpdate, with surge and unavailable not both 0, or by Recreate, without either. Correct the strategy.',
  ),
  I2K317: error(
    'Deadline',
    'progressDeadlineSeconds must be greater than minReadySeconds. Raise the former or lower the latter.',
  ),
  I2K318: error('Number out of range', 'The number is outside the range of the field. Correct the number.'),
  I2K319: error('Unknown value', 'The field has a fixed set of values. Use one of them.'),
  I2K320: error('Probe or hook', 'A probe or hook has exactly one complete action. Correct it.'),
  I2K321: error(
    'Resources',
    'Resources are non-negative quantities, and a request is at most its limit. Correct the quantity.',
  ),
  I2K322: error(
    'Restart policy',
    'Pods that are kept running always restart; those of a Job have OnFailure or Never. Leave restartPolicy out; for a pod that ends, use a Job.',
  ),
  I2K323: error('Security context', 'The fields of the security context contradict each other. Correct it.'),
  I2K324: error(
    'Network of the pod',
    'Host names are DNS labels, name servers and host aliases are IP addresses. Correct the field.',
  ),
  I2K325: error(
    'Node selection',
    'A requirement needs a key, a known operator and matching values. Correct the requirement.',
  ),
  I2K326: error(
    'Service port',
    "A Service's ports are numbers from 1 to 65535 with different names. Correct the port.",
  ),
  I2K327: error('Service type', "The Service's type does not support the field. Change the type or the field."),
  I2K328: error('External name', "An external name is a host's DNS name, not an address. Use the name."),
  I2K329: error('Source range', 'A source range is a CIDR block like `203.0.113.0/24`. Correct it.'),
  I2K330: error('Claim', 'A claim needs an access mode and a storage request greater than 0. Add the missing field.'),
  I2K331: error(
    'Deadline of pods that are kept running',
    'Pods that are kept running cannot have activeDeadlineSeconds. Leave it out; for a pod that ends, use a Job.',
  ),
  I2K332: error('Reference', 'A reference needs a valid name. Add or correct the name.'),
  I2K333: error(
    'Character NUL',
    'Environment variables, arguments and names cannot contain the NUL character. Remove it, or put the bytes into binaryData.',
  ),
  I2K334: error(
    'Metadata of a cluster',
    'Finalizers have a prefix, owners have all their fields, and a generated name needs a prefix that is a name. Leave it out.',
  ),
  I2K335: error('Job', 'The fields of the Job contradict each other, or have unknown values. Correct the field.'),
  I2K336: error(
    'Schedule',
    'A schedule has five fields (minute, hour, day, month, weekday) or is a descriptor like @hourly; its time zone has its own field. Correct it.',
  ),
  I2K337: error(
    'Ingress',
    'An Ingress has hosts that are DNS names, paths that begin with a slash, and backends that are ports of Services. Correct the field.',
  ),
  I2K338: error(
    'Autoscaler',
    'An autoscaler has a workload, at least one machine, minReplicas of at most maxReplicas, and metrics with one target each. Correct the field.',
  ),
  I2K339: error(
    'Disruption budget',
    'A budget has either minAvailable or maxUnavailable, as a number or a percentage of at most 100. Correct the field.',
  ),
  I2K340: error(
    'Network policy',
    'A policy has types, ports and peers; a peer is a block of addresses, or selects pods and namespaces. Correct the field.',
  ),
});
