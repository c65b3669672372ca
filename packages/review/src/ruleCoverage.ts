// Compares the rules of security groups: which traffic of one set no rule of another set allows.
import { ipRangeOf, isAllAddresses, isPrivateRange, rangeContains } from './ipRanges.ts';
import { isEnvironmentMembers, type SecurityGroupRule } from './securityGroupRules.ts';

/** The rules of one set that no rule of the other covers. */
export const rulesBeyond = (
  rules: readonly SecurityGroupRule[],
  others: readonly SecurityGroupRule[],
): readonly SecurityGroupRule[] => rules.filter((rule) => !others.some((other) => ruleCovers(other, rule)));

const ruleCovers = (wide: SecurityGroupRule, narrow: SecurityGroupRule): boolean =>
  wide.direction === narrow.direction &&
  (wide.unreadable !== undefined || narrow.unreadable !== undefined
    ? wide.unreadable === narrow.unreadable
    : trafficCovers(wide, narrow) && peerCovers(wide.peer, narrow));

function trafficCovers(wide: SecurityGroupRule, narrow: SecurityGroupRule): boolean {
  if (wide.protocol === 'all') return true;
  if (wide.protocol !== narrow.protocol) return false;
  // The type and the code of ICMP are no range.
  if (isIcmp(wide))
    return (
      (wide.from === -1 || wide.from === narrow.from) &&
      (wide.to === -1 || (wide.from === narrow.from && wide.to === narrow.to))
    );
  return wide.from <= narrow.from && wide.to >= narrow.to;
}

const isIcmp = ({ protocol }: SecurityGroupRule): boolean => protocol.startsWith('icmp');

/** Machines of the app are machines of the environment, and all of them have addresses of version 4. */
function peerCovers(wide: string, { peer: narrow, machines }: SecurityGroupRule): boolean {
  if (wide === narrow || (isEnvironmentMembers(wide) && machines === true)) return true;
  const [outer, inner] = [ipRangeOf(wide), ipRangeOf(narrow)];
  if (outer === undefined) return false;
  if (inner === undefined) return outer.version === 4 && isAllAddresses(outer) && !narrow.startsWith('pl-');
  return rangeContains(outer, inner);
}

/** True if some packet could match both rules, apart from their peers. */
export const rulesOverlap = (a: SecurityGroupRule, b: SecurityGroupRule): boolean =>
  a.direction === b.direction &&
  (a.protocol === 'all' ||
    b.protocol === 'all' ||
    (a.protocol === b.protocol && (isIcmp(a) || (a.from <= b.to && b.from <= a.to))));

/** New rules that an earlier rule covers. */
export const narrowedRules = (
  is: readonly SecurityGroupRule[],
  was: readonly SecurityGroupRule[],
): readonly SecurityGroupRule[] => {
  const same = ({ requestedBy: _, ...rule }: SecurityGroupRule) => JSON.stringify(rule);
  const known = new Set(was.map(same));
  return is.filter((rule) => !known.has(same(rule)) && was.some((other) => ruleCovers(other, rule)));
};

/** True if addresses outside of private networks may connect, or nobody knows which. */
export function isOpenToOutside({ direction, peer, unreadable }: SecurityGroupRule): boolean {
  if (direction === 'out') return false;
  const range = ipRangeOf(peer);
  return unreadable !== undefined || peer.startsWith('pl-') || (range !== undefined && !isPrivateRange(range));
}
