// Why a rule of a firewall is there.
import { objectName, pathText } from '../../diagnostic.ts';
import type { Origin } from '../../plan.ts';

/** Who asked for it, in the characters that EC2 takes in a description. */
export const because = ({ object, path }: Origin) =>
  `${objectName(object)} ${pathText(path)}`.replace(/[^A-Za-z0-9 ._\-:/()#,@[\]+=&;{}!$*]/g, '_').slice(0, 255);
