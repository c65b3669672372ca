// An OCI image's configuration, as far as starting a container needs it (image-spec, config.md).
import { parsed, record } from './json.ts';

export interface ImageConfig {
  readonly architecture: string;
  readonly os: string;
  /** `NAME=value` */
  readonly env: readonly string[];
  readonly entrypoint: readonly string[];
  readonly cmd: readonly string[];
  /** `user`, `uid`, `user:group`, `uid:gid` …; empty: root. */
  readonly user: string;
  /** Empty: `/`. */
  readonly workingDir: string;
  /** Empty: SIGTERM. */
  readonly stopSignal: string;
}

/** Undefined where the text is no image configuration. */
export function readImageConfig(text: string): ImageConfig | undefined {
  const root = record(parsed(text));
  if (!root) return undefined;
  const config = record(root['config']) ?? {};
  return {
    architecture: string(root['architecture']),
    os: string(root['os']),
    env: strings(config['Env']),
    entrypoint: strings(config['Entrypoint']),
    cmd: strings(config['Cmd']),
    user: string(config['User']),
    workingDir: string(config['WorkingDir']),
    stopSignal: string(config['StopSignal']),
  };
}

/** In OCI's own form, without what describes layers and history; the same configuration gives the same bytes. */
export function imageConfigText(config: ImageConfig): string {
  const filled = {
    ...(config.user && { User: config.user }),
    ...(config.env.length > 0 && { Env: config.env }),
    ...(config.entrypoint.length > 0 && { Entrypoint: config.entrypoint }),
    ...(config.cmd.length > 0 && { Cmd: config.cmd }),
    ...(config.workingDir && { WorkingDir: config.workingDir }),
    ...(config.stopSignal && { StopSignal: config.stopSignal }),
  };
  return `${JSON.stringify({ architecture: config.architecture, os: config.os, config: filled })}\n`;
}

const string = (value: unknown): string => (typeof value === 'string' ? value : '');
const strings = (value: unknown): string[] => (Array.isArray(value) ? value.filter((each) => typeof each === 'string') : []);
