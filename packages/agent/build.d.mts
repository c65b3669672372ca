// Types of build.mjs, for the boot tests, which put the agent into a machine.
export interface BuiltAgent {
  readonly arch: 'amd64' | 'arm64';
  readonly path: string;
  readonly bytes: number;
}
export function canBuild(): boolean;
export function build(folder?: string): BuiltAgent[];
