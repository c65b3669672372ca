// Effects of a change of resources, for tests of single analyzers.
import type { Json } from '@i2kit/common';
import type { Area, Effect } from '../../src/effects/effect.ts';
import { reviewStack } from '../../src/review.ts';
import type { Resource, Template } from '../../src/template.ts';

export type Resources = Readonly<Record<string, Resource>>;
export type Values = Readonly<Record<string, Json>>;

export const effectsOf = (before: Resources, after: Resources): readonly Effect[] =>
  reviewStack({
    stack: 's',
    before: { template: { Resources: before } as Template },
    after: { template: { Resources: after } as Template },
  }).effects;

/** Something that stays, so that the stack is not a new one. */
const kept: Resources = { Topic: { Type: 'AWS::SNS::Topic' } };

export const effectsIn = (area: Area, before: Resources, after: Resources): readonly Effect[] =>
  effectsOf({ ...kept, ...before }, { ...kept, ...after }).filter((effect) => effect.area === area);

export const lineOf = ({ verb, text, guard }: Effect): string => `${verb} ${text}${guard ? ` [${guard}]` : ''}`;
