// The EBS, EC2 and S3 calls of an import, in AWS' own spelling, so that an adapter is one line per call.

/** Passed to every call; an adapter stops the request when `signal` is aborted. */
export interface CallOptions {
  readonly signal: AbortSignal;
}

export interface Tag {
  Key: string;
  Value: string;
}

interface TagOutput {
  Key?: string | undefined;
  Value?: string | undefined;
}

/** https://docs.aws.amazon.com/ebs/latest/APIReference/API_Operations.html */
export interface EbsPort {
  startSnapshot(
    input: {
      VolumeSize: number;
      ClientToken: string;
      Description: string;
      Timeout: number;
      Tags: Tag[];
      Encrypted?: boolean;
      KmsKeyArn?: string;
    },
    options: CallOptions,
  ): Promise<{ SnapshotId?: string | undefined; Status?: string | undefined; BlockSize?: number | undefined }>;
  putSnapshotBlock(
    input: {
      SnapshotId: string;
      BlockIndex: number;
      BlockData: Uint8Array;
      DataLength: number;
      Checksum: string;
      ChecksumAlgorithm: 'SHA256';
    },
    options: CallOptions,
  ): Promise<unknown>;
  completeSnapshot(
    input: {
      SnapshotId: string;
      ChangedBlocksCount: number;
      Checksum: string;
      ChecksumAlgorithm: 'SHA256';
      ChecksumAggregationMethod: 'LINEAR';
    },
    options: CallOptions,
  ): Promise<{ Status?: string | undefined }>;
}

export interface SnapshotOutput {
  SnapshotId?: string | undefined;
  State?: string | undefined;
  StateMessage?: string | undefined;
  StartTime?: Date | undefined;
  Tags?: TagOutput[] | undefined;
}

export interface ImageOutput {
  ImageId?: string | undefined;
  Name?: string | undefined;
  State?: string | undefined;
  StateReason?: { Message?: string | undefined } | undefined;
  CreationDate?: string | undefined;
  Architecture?: string | undefined;
  BlockDeviceMappings?:
    | { Ebs?: { SnapshotId?: string | undefined; VolumeSize?: number | undefined } | undefined }[]
    | undefined;
  Tags?: TagOutput[] | undefined;
}

export interface ImportTaskOutput {
  ImportTaskId?: string | undefined;
  SnapshotTaskDetail?:
    | {
        Status?: string | undefined;
        StatusMessage?: string | undefined;
        Progress?: string | undefined;
        SnapshotId?: string | undefined;
      }
    | undefined;
}

export interface RegisterImageInput {
  Name: string;
  Description: string;
  Architecture: 'x86_64' | 'arm64';
  BootMode: 'uefi' | 'legacy-bios';
  VirtualizationType: 'hvm';
  EnaSupport: true;
  ImdsSupport: 'v2.0';
  RootDeviceName: string;
  BlockDeviceMappings: {
    DeviceName: string;
    Ebs: { SnapshotId: string; VolumeType: 'gp3'; DeleteOnTermination: true };
  }[];
  TagSpecifications: { ResourceType: 'image'; Tags: Tag[] }[];
}

export interface CopyImageInput {
  Name: string;
  Description: string;
  SourceRegion: string;
  SourceImageId: string;
  ClientToken: string;
  Encrypted?: boolean;
  KmsKeyId?: string;
  TagSpecifications: { ResourceType: 'image' | 'snapshot'; Tags: Tag[] }[];
}

interface Filter {
  Name: string;
  Values: string[];
}

/** EC2 of one region. https://docs.aws.amazon.com/AWSEC2/latest/APIReference/Welcome.html */
export interface Ec2Port {
  describeSnapshots(
    input: { OwnerIds?: string[]; Filters?: Filter[]; SnapshotIds?: string[]; NextToken?: string },
    options: CallOptions,
  ): Promise<{ Snapshots?: SnapshotOutput[] | undefined; NextToken?: string | undefined }>;
  deleteSnapshot(input: { SnapshotId: string }, options: CallOptions): Promise<unknown>;
  describeImages(
    input: { Owners?: string[]; Filters?: Filter[]; ImageIds?: string[]; NextToken?: string },
    options: CallOptions,
  ): Promise<{ Images?: ImageOutput[] | undefined; NextToken?: string | undefined }>;
  registerImage(input: RegisterImageInput, options: CallOptions): Promise<{ ImageId?: string | undefined }>;
  deregisterImage(input: { ImageId: string }, options: CallOptions): Promise<unknown>;
  copyImage(input: CopyImageInput, options: CallOptions): Promise<{ ImageId?: string | undefined }>;
  modifyImageAttribute(
    input: { ImageId: string; LaunchPermission: { Add: { UserId: string }[] } },
    options: CallOptions,
  ): Promise<unknown>;
  createTags(input: { Resources: string[]; Tags: Tag[] }, options: CallOptions): Promise<unknown>;
  importSnapshot(
    input: {
      ClientToken: string;
      Description: string;
      DiskContainer: { Format: 'RAW'; UserBucket: { S3Bucket: string; S3Key: string } };
      Encrypted?: boolean;
      KmsKeyId?: string;
      RoleName?: string;
      TagSpecifications: { ResourceType: 'import-snapshot-task'; Tags: Tag[] }[];
    },
    options: CallOptions,
  ): Promise<ImportTaskOutput>;
  describeImportSnapshotTasks(
    input: { ImportTaskIds: string[] },
    options: CallOptions,
  ): Promise<{ ImportSnapshotTasks?: ImportTaskOutput[] | undefined }>;
}

/** The read-only calls for existing images and their uses; of one region. */
export interface InventoryPort
  extends Pick<Ec2Port, 'describeSnapshots' | 'deleteSnapshot' | 'describeImages' | 'deregisterImage'> {
  describeInstances(
    input: { NextToken?: string },
    options: CallOptions,
  ): Promise<{
    Reservations?: { Instances?: InstanceOutput[] | undefined }[] | undefined;
    NextToken?: string | undefined;
  }>;
  describeLaunchTemplates(
    input: { NextToken?: string },
    options: CallOptions,
  ): Promise<{ LaunchTemplates?: LaunchTemplateOutput[] | undefined; NextToken?: string | undefined }>;
  describeLaunchTemplateVersions(
    input: { LaunchTemplateId: string; MinVersion: string; NextToken?: string },
    options: CallOptions,
  ): Promise<{
    LaunchTemplateVersions?:
      | { VersionNumber?: number | undefined; LaunchTemplateData?: { ImageId?: string | undefined } | undefined }[]
      | undefined;
    NextToken?: string | undefined;
  }>;
  describeImageAttribute(
    input: { ImageId: string; Attribute: 'launchPermission' },
    options: CallOptions,
  ): Promise<{ LaunchPermissions?: { UserId?: string | undefined }[] | undefined }>;
}

interface InstanceOutput {
  InstanceId?: string | undefined;
  ImageId?: string | undefined;
  State?: { Name?: string | undefined } | undefined;
}

interface LaunchTemplateOutput {
  LaunchTemplateId?: string | undefined;
  LaunchTemplateName?: string | undefined;
  LatestVersionNumber?: number | undefined;
  Tags?: TagOutput[] | undefined;
}

/**
 * A bucket; its adapter sends ExpectedBucketOwner with every call. A missing object is an error named `NotFound`.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/Welcome.html
 */
export interface StorePort {
  readonly bucket: string;
  headObject(input: { Key: string }, options: CallOptions): Promise<{ ContentLength?: number | undefined }>;
  listMultipartUploads(
    input: { Prefix: string },
    options: CallOptions,
  ): Promise<{ Uploads?: { Key?: string | undefined; UploadId?: string | undefined }[] | undefined }>;
  createMultipartUpload(
    input: { Key: string; ChecksumAlgorithm: 'SHA256' },
    options: CallOptions,
  ): Promise<{ UploadId?: string | undefined }>;
  listParts(
    input: { Key: string; UploadId: string; PartNumberMarker?: string },
    options: CallOptions,
  ): Promise<{
    Parts?: PartOutput[] | undefined;
    IsTruncated?: boolean | undefined;
    NextPartNumberMarker?: string | undefined;
  }>;
  uploadPart(
    input: { Key: string; UploadId: string; PartNumber: number; Body: Uint8Array; ChecksumSHA256: string },
    options: CallOptions,
  ): Promise<{ ETag?: string | undefined }>;
  completeMultipartUpload(
    input: {
      Key: string;
      UploadId: string;
      MultipartUpload: { Parts: { PartNumber: number; ETag: string; ChecksumSHA256: string }[] };
    },
    options: CallOptions,
  ): Promise<unknown>;
  abortMultipartUpload(input: { Key: string; UploadId: string }, options: CallOptions): Promise<unknown>;
  deleteObject(input: { Key: string }, options: CallOptions): Promise<unknown>;
}

export interface PartOutput {
  PartNumber?: number | undefined;
  ETag?: string | undefined;
  ChecksumSHA256?: string | undefined;
}
