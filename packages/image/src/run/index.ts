// Runs a machine on the local computer, with the user data of its launch template.
export { type FakeAwsEvent, type FakeAwsOptions, fakeAws } from './fakeAws.ts';
export { type FakeMetadataOptions, fakeMetadata, listenOnLoopback, newKey, pipeTo } from './fakeMetadata.ts';
export { type Accelerator, fakeAwsEndpoint, type QemuOptions, qemuArguments, qemuProgram } from './qemu.ts';
export { findOnPath, type MachineEvent, type RunMachineOptions, runMachine } from './runMachine.ts';
export { type LocalMachine, type LocalTemplate, localMachineOf } from './userData.ts';
