// What commands ask of what draws graphs; `drawing/index.ts` gives it, in a bundle of its own.
export type Drawing = typeof import('../bundles/drawing.ts');
