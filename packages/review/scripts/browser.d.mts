// Types of browser.mjs, which is plain JavaScript so that it runs before anything is compiled.
export function browser(): string | undefined;
export function ensureBrowser(): string | undefined;
