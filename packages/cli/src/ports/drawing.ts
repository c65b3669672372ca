// Interface of the drawing bundle (`bundles/drawing.ts`), which is loaded on demand.
export type Drawing = typeof import('../bundles/drawing.ts');
