// The kinds that tell their own pods by a selector, each with it in one form.
import type { LabelSelector } from '../../generated/kubernetes.ts';
import type { Labels, Manifest, Manifests } from '../../manifest.ts';

export interface Owner {
  readonly manifest: Manifest;
  readonly selector: LabelSelector;
  /** It is a map of labels and nothing more, as a ReplicationController's. */
  readonly plain: boolean;
  /** The labels that its pods get. */
  readonly labels: Labels | undefined;
}

export const ownersOf = (all: Manifests): readonly Owner[] => [
  ...[...all.of('Deployment'), ...all.of('ReplicaSet'), ...all.of('StatefulSet')].map((manifest) => ({
    manifest,
    selector: manifest.object.spec.selector,
    plain: false,
    labels: manifest.object.spec.template.metadata.labels,
  })),
  ...all.of('ReplicationController').flatMap((manifest) => {
    const { selector = {}, template } = manifest.object.spec;
    return template ? [{ manifest, selector: { matchLabels: selector }, plain: true, labels: template.metadata.labels }] : [];
  }),
];
