// The types of imports.mjs.
import type { Import } from './boundaries.mjs';

export function sourceFiles(root: string): string[];
export function importsIn(text: string): { readonly specifier: string; readonly line: number }[];
export function targetOf(file: string, specifier: string): string;
export function importsOf(root: string, files?: readonly string[]): Import[];
