// Logical ids of the environment's resources. They contain a zone's number, because its name is unknown before
// creation.

export const vpc = 'Vpc';
export const internetGateway = 'InternetGateway';
export const gatewayAttachment = 'InternetGatewayAttachment';
export const publicRoutes = 'PublicRoutes';
export const publicDefaultRoute = 'PublicDefaultRoute';
export const storageEndpoint = 'StorageEndpoint';
export const privateZone = 'PrivateZone';
/** A parameter, since the user owns the public zone. */
export const publicZone = 'PublicZoneId';
export const memberSecurityGroup = 'Members';
export const bucket = 'Bucket';
export const bucketPolicy = 'BucketPolicy';

export type Visibility = 'Private' | 'Public';

export const subnet = (visibility: Visibility, zone: number) => `${visibility}Subnet${zone}`;
export const subnetRoutes = (visibility: Visibility, zone: number) => `${subnet(visibility, zone)}Routes`;
export const privateRoutes = (zone: number) => `PrivateRoutes${zone}`;
export const privateDefaultRoute = (zone: number) => `PrivateDefaultRoute${zone}`;
export const natGateway = (zone: number) => `NatGateway${zone}`;
export const natAddress = (zone: number) => `NatAddress${zone}`;

/** `HandoverSubnetsPrivate` for `subnets/private`. */
export const ssmParameter = (path: string) =>
  `Handover${path
    .split(/[/-]/)
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join('')}`;
