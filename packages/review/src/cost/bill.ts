// What a template's resources cost a month at list price: an estimate, with what it leaves out.
import type { Resource, Template } from '../template.ts';
import { meters } from './meters.ts';

export interface Item {
  readonly id: string;
  /** `3 × t3.micro`. */
  readonly what: string;
  /** US dollars a month of 730 hours. */
  readonly dollars: number;
}

export interface Bill {
  readonly items: readonly Item[];
  readonly total: number;
  /** What has a price that is not known here. */
  readonly unknown: readonly Omit<Item, 'dollars'>[];
}

/** Of a settled template; a meter says what one resource costs, `undefined` where it is free of charge. */
export function billOf(template: Template, region: string): Bill {
  const measured = Object.entries(template.Resources).flatMap(([id, resource]) =>
    meter(resource, template, region).map((reading) => ({ id, ...reading })),
  );
  const items = measured.flatMap(({ id, what, dollars }) => (dollars === undefined ? [] : [{ id, what, dollars }]));
  return {
    items,
    total: items.reduce((sum, { dollars }) => sum + dollars, 0),
    unknown: measured.flatMap(({ id, what, dollars }) => (dollars === undefined ? [{ id, what }] : [])),
  };
}

/** Each once. */
export const unknownIn = (...bills: readonly Bill[]): readonly string[] => [
  ...new Set(bills.flatMap(({ unknown }) => unknown.map(({ what }) => what))),
];

const meter = (resource: Resource, template: Template, region: string) => meters[resource.Type]?.(resource, template, region) ?? [];
