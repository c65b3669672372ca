// Codes 3xx: Kubernetes itself would refuse it.
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
    "An annotation has a key like `example.com/name`, and all of an object's together have at most 256 KiB. Change or shorten it.",
  ),
  I2K304: error(
    'Duplicate object',
    'Two objects of one kind have the same name and namespace. Remove or rename one of them.',
  ),
  I2K305: error(
    'Container',
    'A pod has at least one container, and the names of its containers are DNS labels and differ. Rename the container.',
  ),
  I2K306: error(
    'Image',
    'A container needs an image: `[registry/]name[:tag][@digest]`, in lower case. Correct the reference.',
  ),
  I2K307: error(
    'Container port',
    'A port is a number from 1 to 65535, and a name of it at most 15 lower-case letters, digits and hyphens. Correct the port.',
  ),
  I2K308: error(
    'Environment variable',
    'A variable needs a name, and either a value or exactly one source. Correct the variable.',
  ),
  I2K309: error('Volume', 'A volume needs a name that no other has, and exactly one source. Correct the volume.'),
  I2K310: error(
    'Volume mount',
    'A mount names a volume of the pod and an absolute path that no other mount of the container has. Correct the mount.',
  ),
  I2K311: error(
    'Key or path',
    "A key is a file's name of letters, digits, `-`, `_` and `.`, and a path stays inside of its volume. Choose another key or path.",
  ),
  I2K312: error('Data', 'A ConfigMap or Secret holds at most 1 MiB, and a key once. Split or correct it.'),
  I2K313: error('Secret type', 'A Secret of this type needs certain keys. Add them, or use the type Opaque.'),
  I2K314: error(
    'Selector',
    'A selector needs at least one label, and each expression a known operator with fitting values. Correct the selector.',
  ),
  I2K315: error(
    'Selector that does not match',
    "A workload's selector has to match the labels of its own template. Make them equal.",
  ),
  I2K316: error(
    'Strategy',
    'A Deployment is rolled out by RollingUpdate, with surge and unavailable not both 0, or by Recreate, without either. Correct the strategy.',
  ),
  I2K317: error(
    'Deadline',
    'progressDeadlineSeconds has to be more than minReadySeconds. Raise the one or lower the other.',
  ),
  I2K318: error('Number out of range', 'The number is outside of what the field can hold. Correct the number.'),
  I2K319: error('Unknown value', 'The field has a fixed set of values. Use one of them.'),
  I2K320: error('Probe or hook', 'A probe or hook does exactly one thing, completely described. Correct it.'),
  I2K321: error(
    'Resources',
    'Resources are quantities that are not negative, and a request is at most its limit. Correct the quantity.',
  ),
  I2K322: error(
    'Restart policy',
    'Pods that are kept running are restarted always, those of a Job OnFailure or Never. Leave restartPolicy out; for something that ends, use a Job.',
  ),
  I2K323: error('Security context', 'What the security context asks for contradicts itself. Correct it.'),
  I2K324: error(
    'Network of the pod',
    'Host names are DNS labels, name servers and host aliases are IP addresses. Correct the field.',
  ),
  I2K325: error(
    'Node selection',
    'A requirement needs a key, a known operator and fitting values. Correct the requirement.',
  ),
  I2K326: error(
    'Service port',
    "A Service's ports are numbers from 1 to 65535 with different names. Correct the port.",
  ),
  I2K327: error('Service type', "The field does not go with the Service's type. Change the one or the other."),
  I2K328: error('External name', "An external name is a host's DNS name, not an address. Use the name."),
  I2K329: error('Source range', 'A source range is a CIDR block as `203.0.113.0/24`. Correct it.'),
  I2K330: error(
    'Claim',
    'A claim needs an access mode and a storage request that is more than 0. Add what is missing.',
  ),
  I2K331: error(
    'Deadline of pods that are kept running',
    'Pods that are kept running cannot have activeDeadlineSeconds. Leave it out; for something that ends, use a Job.',
  ),
  I2K332: error(
    'Reference',
    'A reference needs the name of what it refers to, as names are written. Add or correct the name.',
  ),
  I2K333: error(
    'Character NUL',
    'Neither a variable nor an argument nor a name can hold the character NUL. Remove it, or put the bytes into binaryData.',
  ),
  I2K334: error(
    'Metadata of a cluster',
    'Finalizers have a prefix, owners are named completely, and a generated name needs a prefix that is a name. Leave it out.',
  ),
  I2K335: error(
    'Job',
    'What the Job asks for contradicts itself, or is none of the values that there are. Correct the field.',
  ),
  I2K336: error(
    'Schedule',
    'A schedule has five fields (minute, hour, day, month, weekday) or is @hourly and the like; its time zone stands beside it. Correct it.',
  ),
  I2K337: error(
    'Ingress',
    'An Ingress has hosts that are DNS names, paths that begin with a slash, and backends that are ports of Services. Correct the field.',
  ),
  I2K338: error(
    'Autoscaler',
    'An autoscaler has a workload, at least one machine, not less at most than at least, and metrics that each say one target. Correct the field.',
  ),
  I2K339: error(
    'Disruption budget',
    'A budget says minAvailable or maxUnavailable, as a number or a percentage of up to 100. Correct the field.',
  ),
  I2K340: error(
    'Network policy',
    'A policy has types, ports and peers; a peer is a block of addresses, or selects pods and namespaces. Correct the field.',
  ),
});
