// A machine on the user's own computer, with the user data that a launch template would give it.
export { type CloudEvent, type CloudInput, cloud } from './cloud.ts';
export { type MachineEvent, onPath, type RunMachine, runMachine } from './machine.ts';
export { type LocalIdentity, loopback, metadata, newKey, pipeTo } from './metadata.ts';
export { type Accelerator, cloudEndpoint, type QemuOptions, qemuArguments, qemuOf } from './qemu.ts';
export { type LocalMachine, type LocalTemplate, localMachine } from './user-data.ts';
