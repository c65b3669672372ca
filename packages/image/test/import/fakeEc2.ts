// One region's EC2: snapshots, images with unique names, copies with tokens, import tasks.
import type { Ec2Port } from '../../src/import/index.ts';
import { awsError, type FakeAws } from './fakeAws.ts';
import type { FakeEbs, FakeSnapshot } from './fakeEbs.ts';

export interface FakeImage {
  readonly id: string;
  readonly name: string;
  state: string;
  patience: number;
  readonly snapshot: string;
  readonly input: unknown;
  readonly sharedWith: Set<string>;
}

interface FakeTask {
  readonly id: string;
  status: string;
  patience: number;
  snapshot?: string;
}

const tagsOf = (snapshot: FakeSnapshot) => [...snapshot.tags].map(([Key, Value]) => ({ Key, Value }));

export class FakeEc2 implements Ec2Port {
  readonly images = new Map<string, FakeImage>();
  readonly tasks = new Map<string, FakeTask>();
  private readonly tokens = new Map<string, string>();
  /** The outcome of imports. */
  importEnd: 'completed' | 'deleting' = 'completed';

  private readonly world: FakeAws;
  private readonly region: string;
  private readonly ebs: FakeEbs;
  private readonly objectExists: (bucket: string, key: string) => boolean;

  constructor(world: FakeAws, region: string, ebs: FakeEbs, objectExists: (bucket: string, key: string) => boolean) {
    this.world = world;
    this.region = region;
    this.ebs = ebs;
    this.objectExists = objectExists;
  }

  private request<T>(action: string, effect: () => T): Promise<T> {
    return this.world.request(`${this.region} ${action}`, effect);
  }

  describeSnapshots: Ec2Port['describeSnapshots'] = (input) =>
    this.request('DescribeSnapshots', () => {
      for (const id of input.SnapshotIds ?? [])
        if (!this.ebs.snapshots.has(id)) throw awsError('InvalidSnapshot.NotFound');
      const all = [...this.ebs.snapshots.values()].filter(
        (each) =>
          (!input.SnapshotIds || input.SnapshotIds.includes(each.id)) &&
          (input.Filters ?? []).every(({ Name, Values }) =>
            Values.includes(each.tags.get(Name.replace('tag:', '')) ?? '\0'),
          ),
      );
      for (const each of all)
        if (each.sealed && each.state === 'pending' && --each.patience <= 0) each.state = 'completed';
      return { Snapshots: all.map((each) => ({ SnapshotId: each.id, State: each.state, Tags: tagsOf(each) })) };
    });

  deleteSnapshot: Ec2Port['deleteSnapshot'] = ({ SnapshotId }) =>
    this.request('DeleteSnapshot', () => {
      if ([...this.images.values()].some((image) => image.snapshot === SnapshotId))
        throw awsError('InvalidSnapshot.InUse');
      if (!this.ebs.snapshots.delete(SnapshotId)) throw awsError('InvalidSnapshot.NotFound');
      return {};
    });

  describeImages: Ec2Port['describeImages'] = (input) =>
    this.request('DescribeImages', () => {
      for (const id of input.ImageIds ?? []) if (!this.images.has(id)) throw awsError('InvalidAMIID.NotFound');
      const names = input.Filters?.find(({ Name }) => Name === 'name')?.Values;
      const all = [...this.images.values()].filter(
        (each) => (!input.ImageIds || input.ImageIds.includes(each.id)) && (!names || names.includes(each.name)),
      );
      for (const each of all) if (each.state === 'pending' && --each.patience <= 0) each.state = 'available';
      return { Images: all.map((each) => ({ ImageId: each.id, Name: each.name, State: each.state })) };
    });

  registerImage: Ec2Port['registerImage'] = (input) =>
    this.request('RegisterImage', () => {
      const [mapping] = input.BlockDeviceMappings;
      const snapshot = this.ebs.snapshots.get(mapping?.Ebs.SnapshotId ?? '');
      if (snapshot?.state !== 'completed') this.world.violated('registered from a snapshot that is not complete');
      if (mapping?.DeviceName !== input.RootDeviceName) this.world.violated('no root device');
      return { ImageId: this.addImage(input.Name, snapshot.id, input) };
    });

  deregisterImage: Ec2Port['deregisterImage'] = ({ ImageId }) =>
    this.request('DeregisterImage', () => {
      if (!this.images.delete(ImageId)) throw awsError('InvalidAMIID.NotFound');
      return {};
    });

  copyImage: Ec2Port['copyImage'] = (input) =>
    this.request('CopyImage', () => {
      const known = this.tokens.get(input.ClientToken);
      if (known) return { ImageId: known };
      const snapshot = this.ebs.add(
        'completed',
        1,
        input.TagSpecifications.find(({ ResourceType }) => ResourceType === 'snapshot')?.Tags ?? [],
      );
      const id = this.addImage(input.Name, snapshot.id, input, () => this.ebs.snapshots.delete(snapshot.id));
      this.tokens.set(input.ClientToken, id);
      return { ImageId: id };
    });

  modifyImageAttribute: Ec2Port['modifyImageAttribute'] = ({ ImageId, LaunchPermission }) =>
    this.request('ModifyImageAttribute', () => {
      const image = this.images.get(ImageId);
      if (image?.state !== 'available') throw this.world.violated('shared before it was available');
      for (const { UserId } of LaunchPermission.Add) image.sharedWith.add(UserId);
      return {};
    });

  createTags: Ec2Port['createTags'] = ({ Resources, Tags }) =>
    this.request('CreateTags', () => {
      for (const id of Resources) {
        const snapshot = this.ebs.snapshots.get(id);
        if (!snapshot) throw awsError('InvalidSnapshot.NotFound');
        for (const { Key, Value } of Tags) snapshot.tags.set(Key, Value);
      }
      return {};
    });

  importSnapshot: Ec2Port['importSnapshot'] = (input) =>
    this.request('ImportSnapshot', () => {
      const known = this.tasks.get(this.tokens.get(input.ClientToken) ?? '');
      if (known) return this.taskOutput(known);
      const { S3Bucket, S3Key } = input.DiskContainer.UserBucket;
      if (!this.objectExists(S3Bucket, S3Key)) this.world.violated('import of an object that is not there');
      const task: FakeTask = { id: this.world.newId('import-snap'), status: 'active', patience: 2 };
      this.tasks.set(task.id, task);
      this.tokens.set(input.ClientToken, task.id);
      return this.taskOutput(task);
    });

  describeImportSnapshotTasks: Ec2Port['describeImportSnapshotTasks'] = ({ ImportTaskIds }) =>
    this.request('DescribeImportSnapshotTasks', () => {
      const tasks = ImportTaskIds.flatMap((id) => this.tasks.get(id) ?? []);
      for (const task of tasks) {
        if (task.status !== 'active' || --task.patience > 0) continue;
        task.status = this.importEnd;
        if (this.importEnd === 'completed') task.snapshot = this.ebs.add('completed', 1, []).id;
      }
      return { ImportSnapshotTasks: tasks.map((task) => this.taskOutput(task)) };
    });

  private taskOutput(task: FakeTask) {
    return {
      ImportTaskId: task.id,
      SnapshotTaskDetail: {
        Status: task.status,
        StatusMessage: 'role vmimport does not exist',
        SnapshotId: task.snapshot,
      },
    };
  }

  private addImage(name: string, snapshot: string, input: unknown, undo = (): unknown => undefined): string {
    if (!/^[\w().\-/ '@[\]]{3,128}$/.test(name)) this.world.violated('image name');
    if ([...this.images.values()].some((image) => image.name === name)) {
      undo();
      throw awsError('InvalidAMIName.Duplicate', 'AMI name is already in use');
    }
    const id = this.world.newId('ami');
    this.images.set(id, { id, name, state: 'pending', patience: 2, snapshot, input, sharedWith: new Set() });
    return id;
  }
}
