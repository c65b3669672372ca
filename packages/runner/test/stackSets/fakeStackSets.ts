// Stack sets of the double: operations that take time, region after region, and a journal of the true events.
import type {
  StackInstance,
  StackInstancesInput,
  StackSetOperation,
  StackSetOperationResult,
  StackSetPort,
} from '../../src/index.ts';
import type { VirtualClock } from '../double/clock.ts';
import { serviceError } from '../double/errors.ts';

interface FakeOperation {
  readonly id: string;
  readonly action: string;
  status: string;
  reason: string;
  readonly results: Map<string, StackSetOperationResult>;
}

interface FakeStackSet {
  readonly id: string;
  readonly token: string;
  template: string;
  parameters: { ParameterKey: string; ParameterValue: string }[];
  tags: { Key: string; Value: string }[];
  readonly model: string;
  units: string[];
  regions: string[];
  readonly instances: Map<string, StackInstance & { template: string }>;
  readonly operations: FakeOperation[];
}

export interface FakeStackSetAccount {
  readonly port: StackSetPort;
  readonly sets: Map<string, FakeStackSet>;
  /** `CreateStackInstances 1,2/eu-west-1` and so on, in the order in which they truly started. */
  readonly journal: string[];
  /** `account/region` of stacks that fail, and why. */
  readonly fails: Map<string, string>;
  /** Accounts of a unit. */
  readonly units: Readonly<Record<string, readonly string[]>>;
  /** Stacks of `account/region` and the template that each has. */
  stacks(name: string): Readonly<Record<string, string>>;
}

const stackDurationMs = 20_000;
const pageSize = 2;

export function newFakeStackSetAccount(clock: VirtualClock): FakeStackSetAccount {
  const sets = new Map<string, FakeStackSet>();
  const journal: string[] = [];
  const fails = new Map<string, string>();
  const units = { 'ou-prod': ['111111111111', '222222222222'], 'ou-test': ['333333333333'] };
  let serial = 0;

  const setBy = (name: string): FakeStackSet => {
    const set = sets.get(name);
    if (!set) throw serviceError('StackSetNotFoundException', `StackSet ${name} not found`, 404);
    return set;
  };

  const places = ({
    Accounts,
    DeploymentTargets,
    Regions,
  }: Pick<StackInstancesInput, 'Accounts' | 'DeploymentTargets' | 'Regions'>) => {
    const targets =
      Accounts?.map((account) => [account, undefined] as const) ??
      (DeploymentTargets?.OrganizationalUnitIds ?? []).flatMap((unit) =>
        (units[unit as 'ou-prod'] ?? []).map((account) => [account, unit] as const),
      );
    return Regions.flatMap((Region) =>
      targets.map(([Account, unit]) => ({ Account, Region, ...(unit && { OrganizationalUnitId: unit }) })),
    );
  };

  /** Starts an operation, or recognizes it by its id; its stacks follow one after the other. */
  function operate(
    name: string,
    action: string,
    id: string,
    all: readonly StackInstance[],
    tolerance: number,
    effect: (one: StackInstance) => void,
  ): void {
    const set = setBy(name);
    const known = set.operations.find((each) => each.id === id);
    if (known) {
      // Accepted once, whoever repeats it.
      throw serviceError('OperationIdAlreadyExistsException', `Operation ${id} already exists`, 409);
    }
    if (set.operations.some(({ status }) => status === 'RUNNING'))
      throw serviceError('OperationInProgressException', 'Another Operation on StackSet is in progress', 409);
    const operation: FakeOperation = { id, action, status: 'RUNNING', reason: '', results: new Map() };
    set.operations.unshift(operation);
    const at = all.map(({ Account, Region }) => `${Account}/${Region}`);
    journal.push(`${action} ${at.join(',')}`);
    for (const one of all)
      operation.results.set(`${one.Account}/${one.Region}`, {
        Account: one.Account,
        Region: one.Region,
        Status: 'PENDING',
      });
    let failed = 0;
    const next = (index: number): void => {
      const one = all[index];
      if (!one) {
        operation.status = failed > tolerance ? 'FAILED' : 'SUCCEEDED';
        return;
      }
      const place = `${one.Account}/${one.Region}`;
      const about = { Account: one.Account, Region: one.Region };
      operation.results.set(place, { ...about, Status: 'RUNNING' });
      clock.after(stackDurationMs, () => {
        const why = fails.get(place);
        if (why === undefined) {
          effect(one);
          operation.results.set(place, { ...about, Status: 'SUCCEEDED' });
          return next(index + 1);
        }
        failed++;
        operation.results.set(place, { ...about, Status: 'FAILED', StatusReason: why });
        const there = set.instances.get(place);
        if (action !== 'DELETE')
          set.instances.set(place, { ...one, template: there?.template ?? '', Status: 'OUTDATED', StatusReason: why });
        if (failed <= tolerance) return next(index + 1);
        for (const rest of all.slice(index + 1))
          operation.results.set(`${rest.Account}/${rest.Region}`, {
            Account: rest.Account,
            Region: rest.Region,
            Status: 'CANCELLED',
          });
        next(all.length);
      });
    };
    clock.after(1_000, () => next(0));
  }

  const page = <T>(all: readonly T[], token: string | undefined) => {
    const at = Number(token ?? 0);
    return {
      Summaries: all.slice(at, at + pageSize),
      ...(at + pageSize < all.length && { NextToken: String(at + pageSize) }),
    };
  };

  const port: StackSetPort = {
    async describeStackSet({ StackSetName }) {
      const set = setBy(StackSetName);
      return {
        StackSet: {
          StackSetId: set.id,
          Status: 'ACTIVE',
          TemplateBody: set.template,
          Parameters: set.parameters,
          Tags: set.tags,
          PermissionModel: set.model,
          OrganizationalUnitIds: set.units,
          Regions: set.regions,
        },
      };
    },
    async createStackSet(input) {
      const there = sets.get(input.StackSetName);
      if (there && there.token !== input.ClientRequestToken)
        throw serviceError('NameAlreadyExistsException', 'StackSet already exists', 409);
      if (there) return { StackSetId: there.id };
      const id = `${input.StackSetName}:${(++serial).toString().padStart(8, '0')}`;
      sets.set(input.StackSetName, {
        id,
        token: input.ClientRequestToken,
        template: input.TemplateBody ?? '',
        parameters: input.Parameters ?? [],
        tags: input.Tags ?? [],
        model: input.PermissionModel ?? '',
        units: [],
        regions: [],
        instances: new Map(),
        operations: [],
      });
      journal.push('CREATE SET');
      return { StackSetId: id };
    },
    async updateStackSet({ OperationId, OperationPreferences, ...input }) {
      const set = setBy(input.StackSetName);
      const tolerance = OperationPreferences?.FailureToleranceCount ?? 0;
      operate(
        input.StackSetName,
        'UPDATE',
        OperationId,
        inRegionOrder(set, OperationPreferences?.RegionOrder),
        tolerance,
        (one) => {
          set.instances.set(`${one.Account}/${one.Region}`, {
            ...one,
            template: input.TemplateBody ?? '',
            Status: 'CURRENT',
          });
        },
      );
      // The set has it at once; its stacks follow.
      if (set.template !== input.TemplateBody)
        for (const [place, each] of set.instances) set.instances.set(place, { ...each, Status: 'OUTDATED' });
      Object.assign(set, { template: input.TemplateBody, parameters: input.Parameters ?? [], tags: input.Tags ?? [] });
      return { OperationId };
    },
    async createStackInstances({ OperationId, OperationPreferences, ...input }) {
      const set = setBy(input.StackSetName);
      const all = places(input);
      operate(
        input.StackSetName,
        'CREATE',
        OperationId,
        all,
        OperationPreferences?.FailureToleranceCount ?? 0,
        (one) => {
          set.instances.set(`${one.Account}/${one.Region}`, {
            ...one,
            template: set.template,
            Status: 'CURRENT',
            StackId: `arn:stack/${one.Account}`,
          });
        },
      );
      set.units = [...new Set([...set.units, ...(input.DeploymentTargets?.OrganizationalUnitIds ?? [])])];
      set.regions = [...new Set([...set.regions, ...input.Regions])];
      for (const one of all) {
        const place = `${one.Account}/${one.Region}`;
        if (!set.instances.has(place)) set.instances.set(place, { ...one, template: '', Status: 'OUTDATED' });
      }
      return { OperationId };
    },
    async deleteStackInstances({ OperationId, OperationPreferences, ...input }) {
      const set = setBy(input.StackSetName);
      operate(
        input.StackSetName,
        'DELETE',
        OperationId,
        places(input),
        OperationPreferences?.FailureToleranceCount ?? 0,
        (one) => {
          set.instances.delete(`${one.Account}/${one.Region}`);
        },
      );
      return { OperationId };
    },
    async deleteStackSet({ StackSetName }) {
      const set = setBy(StackSetName);
      if (set.operations.some(({ status }) => status === 'RUNNING'))
        throw serviceError('OperationInProgressException', 'in progress', 409);
      if (set.instances.size > 0) throw serviceError('StackSetNotEmptyException', 'StackSet is not empty', 409);
      sets.delete(StackSetName);
      journal.push('DELETE SET');
    },
    listStackInstances: async ({ StackSetName, NextToken }) =>
      page([...setBy(StackSetName).instances.values()], NextToken),
    listStackSetOperations: async ({ StackSetName, NextToken }) =>
      page(setBy(StackSetName).operations.map(shown), NextToken),
    async describeStackSetOperation({ StackSetName, OperationId }) {
      const found = setBy(StackSetName).operations.find(({ id }) => id === OperationId);
      if (!found) throw serviceError('OperationNotFoundException', `Operation ${OperationId} not found`, 404);
      return { StackSetOperation: shown(found) };
    },
    async listStackSetOperationResults({ StackSetName, OperationId, NextToken }) {
      const found = setBy(StackSetName).operations.find(({ id }) => id === OperationId);
      return page([...(found?.results.values() ?? [])], NextToken);
    },
  };
  const shown = ({ id, action, status, reason }: FakeOperation): StackSetOperation => ({
    OperationId: id,
    Action: action,
    Status: status,
    StatusReason: reason,
  });
  return {
    port,
    sets,
    journal,
    fails,
    units,
    stacks: (name) =>
      Object.fromEntries([...(sets.get(name)?.instances ?? [])].map(([place, { template }]) => [place, template])),
  };
}

const inRegionOrder = (set: FakeStackSet, order: readonly string[] = []): readonly StackInstance[] => {
  const rank = (one: StackInstance) =>
    order.includes(one.Region ?? '') ? order.indexOf(one.Region ?? '') : order.length;
  return [...set.instances.values()].sort((a, b) => rank(a) - rank(b));
};
