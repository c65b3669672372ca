// Events 875 to 877: how a stack's resources differ from its template.
import { entry } from './entry.ts';

export interface Difference {
  /** A JSON pointer into the resource's properties. */
  readonly path: string;
  /** As CloudFormation says them: text, or JSON in a text. */
  readonly expected: string;
  readonly actual: string;
  readonly how: 'ADD' | 'REMOVE' | 'NOT_EQUAL';
}

/** A resource that is no longer what its template says. */
export interface Drifted {
  readonly logicalId: string;
  readonly physicalId: string;
  readonly type: string;
  /** The Kubernetes object that it comes from, e.g. `Deployment/default/web`. */
  readonly object?: string;
  readonly how: 'MODIFIED' | 'DELETED';
  readonly differences: readonly Difference[];
}

export const drift = {
  I2K875: entry<{ stackId: string; detectionId: string }>('info', 'CloudFormation compares the resources with their template.'),
  I2K876: entry<Drifted>('warn', 'A resource differs from its template.'),
  I2K877: entry<{ said: string; resources: readonly string[] }>('warn', 'Some resources could not be compared.'),
} as const;
