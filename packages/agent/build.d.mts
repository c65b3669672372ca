// What build.mjs exports, for the proof, which puts the agent into a machine.
export interface BuiltAgent {
  readonly arch: 'amd64' | 'arm64';
  readonly path: string;
  readonly bytes: number;
}
export function canBuild(): boolean;
export function build(folder?: string): BuiltAgent[];
