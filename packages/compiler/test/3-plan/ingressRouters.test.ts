// Routers: listeners, the order of routes, backends and names of Ingresses.
import type { JsonObject } from '../../src/kinds/shared/defaults/jsonObject.ts';
import type { Router } from '../../src/plan.ts';
import { deployment, ingress, ingressClass, service, withFields } from '../helpers/objects.ts';
import { planOf } from './plans.ts';

const alb = 'alb.ingress.kubernetes.io';
const certificate = 'arn:aws:acm:eu-west-1:123456789012:certificate/a';

const routersOf = (...ingresses: readonly JsonObject[]): readonly Router[] =>
  planOf([deployment, service, ingressClass, ...ingresses]).routers;
const annotated = (annotations: object, fields: Readonly<Record<string, unknown>> = {}) =>
  withFields(ingress, { 'metadata.annotations': annotations, ...fields });
const routerOf = (annotations: object, fields: Readonly<Record<string, unknown>> = {}) =>
  routersOf(annotated(annotations, fields))[0] as Router;
const path = (written: string, pathType = 'Prefix') => ({
  path: written,
  pathType,
  backend: { service: { name: 'web', port: { number: 80 } } },
});
const rule = (host: string | undefined, ...paths: readonly object[]) => ({ ...(host && { host }), http: { paths } });

describe('listeners', () => {
  const listeners = (annotations: object) =>
    routerOf(annotations).listeners.map(({ port, certificates, redirect }) => [port, certificates, redirect]);
  const secure = { [`${alb}/certificate-arn`]: certificate };

  test.each([
    ['plain', {}, [[80, undefined, undefined]]],
    [
      'a certificate redirects',
      secure,
      [
        [80, undefined, 443],
        [443, [certificate], undefined],
      ],
    ],
    [
      'ports that are said redirect nothing',
      { ...secure, [`${alb}/listen-ports`]: '[{"HTTP": 8080}, {"HTTPS": 8443}]' },
      [
        [8080, undefined, undefined],
        [8443, [certificate], undefined],
      ],
    ],
    [
      'unless a redirection is said, too',
      { ...secure, [`${alb}/listen-ports`]: '[{"HTTP": 8080}, {"HTTPS": 8443}]', [`${alb}/ssl-redirect`]: '8443' },
      [
        [8080, undefined, 8443],
        [8443, [certificate], undefined],
      ],
    ],
  ])('%s', (_, annotations, expected) => {
    expect(listeners(annotations)).toEqual(expected);
  });
});

describe('routes', () => {
  const order = (...rules: readonly object[]) =>
    routerOf({}, { 'spec.rules': rules }).routes.map(({ host, paths }) => [host, ...paths]);

  test('exact hosts before wildcards, longer wildcards first, and no host last', () => {
    expect(
      order(
        rule(undefined, path('/x')),
        rule('*.example.com', path('/x')),
        rule('*.b.example.com', path('/x')),
        rule('b.example.com', path('/x')),
        rule('a.example.com', path('/x')),
      ).map(([host]) => host),
    ).toEqual(['a.example.com', 'b.example.com', '*.b.example.com', '*.example.com', undefined]);
  });

  test('exact paths before longer prefixes before shorter ones', () => {
    const paths = [path('/a'), path('/a/long'), path('/b'), path('/a', 'Exact'), path('/')];
    expect(order(rule('a.example.com', ...paths))).toEqual([
      ['a.example.com', '/a'],
      ['a.example.com', '/a/long', '/a/long/*'],
      ['a.example.com', '/a', '/a/*'],
      ['a.example.com', '/b', '/b/*'],
      ['a.example.com'],
    ]);
  });

  test('the prefix of everything needs a path only without a host', () => {
    expect(order(rule(undefined, path('/')))).toEqual([[undefined, '/*']]);
  });
});

describe('the router', () => {
  test('has settings of its Ingresses', () => {
    const internal = routerOf({});
    expect(internal).toMatchObject({
      visibility: 'internal',
      sourceRanges: [],
      attributes: {},
      services: [],
      origin: { object: { kind: 'Ingress', name: 'web' } },
    });
    expect(internal).not.toHaveProperty('fallback');
    const open = routerOf({
      [`${alb}/scheme`]: 'internet-facing',
      [`${alb}/inbound-cidrs`]: '192.168.0.0/16,10.0.0.0/8,10.0.0.0/8',
      [`${alb}/load-balancer-attributes`]: 'idle_timeout.timeout_seconds=600',
    });
    expect(open).toMatchObject({
      visibility: 'public',
      sourceRanges: ['10.0.0.0/8', '192.168.0.0/16'],
      attributes: { 'idle_timeout.timeout_seconds': '600' },
    });
  });

  test('belongs to the app if several Ingresses share it', () => {
    const group = { [`${alb}/group.name`]: 'front' };
    const other = annotated(group, { 'metadata.name': 'other', 'spec.rules': [rule('b.example.com', path('/'))] });
    const [router, ...more] = routersOf(annotated(group), other);
    expect(more).toEqual([]);
    expect(router?.origin.object).toMatchObject({ kind: 'App', name: 'shop' });
    expect(router?.routes.map(({ host }) => host)).toEqual(['web.example.com', 'b.example.com']);
    expect(router?.backends).toHaveLength(1);
  });

  test('has each backend with its protocol and attributes', () => {
    const [backend] = routerOf({
      [`${alb}/backend-protocol`]: 'HTTPS',
      [`${alb}/target-group-attributes`]: 'deregistration_delay.timeout_seconds=5',
    }).backends;
    expect(backend).toMatchObject({
      key: 'default/web:80',
      namespace: 'default',
      name: 'web',
      port: 80,
      targetPort: 80,
      protocol: 'HTTPS',
      attributes: { 'deregistration_delay.timeout_seconds': '5' },
      groups: ['Deployment/default/web'],
    });
    const named = withFields(service, {
      'spec.ports': [{ name: 'p', port: 8080, targetPort: 'http' }],
      'spec.sessionAffinity': 'ClientIP',
    });
    const to = { ...path('/'), backend: { service: { name: 'web', port: { name: 'p' } } } };
    const [router] = planOf([
      deployment,
      named,
      ingressClass,
      annotated({}, { 'spec.rules': [rule('a.example.com', to)] }),
    ]).routers;
    expect(router?.backends[0]).toMatchObject({
      key: 'default/web:8080',
      port: 8080,
      targetPort: 80,
      protocol: 'HTTP',
      attributes: { 'stickiness.enabled': 'true', 'stickiness.type': 'lb_cookie' },
    });
  });

  test('has a fallback where one is said', () => {
    expect(routerOf({}, { 'spec.defaultBackend': { service: { name: 'web', port: { number: 80 } } } }).fallback).toBe(
      'default/web:80',
    );
  });
});

describe('public names', () => {
  const open = { [`${alb}/scheme`]: 'internet-facing' };
  const hosts = (annotations: object, fields: Readonly<Record<string, unknown>> = {}) =>
    routerOf(annotations, fields).hosts.map(({ name, origin }) => [name, origin.path.join('.')]);

  test('are those of the zone, each once', () => {
    const rules = ['b.example.com', 'a.example.com', 'b.example.com', 'example.com', 'a.other.org'].map((host, at) =>
      rule(host, path(`/${at}`)),
    );
    expect(hosts(open, { 'spec.rules': rules }).map(([name]) => name)).toEqual([
      'a.example.com',
      'b.example.com',
      'example.com',
    ]);
  });

  test('one of its own without a host', () => {
    expect(hosts(open, { 'spec.rules': [rule(undefined, path('/'))] })).toEqual([['web.example.com', '']]);
    expect(hosts({}, { 'spec.rules': [rule(undefined, path('/'))] })).toEqual([]);
  });
});
