import type { ReportedFieldNode } from '../2-check/fieldSupport.ts';
import type { Kind } from '../kinds/kind.ts';

export declare const reportedFields: { readonly [K in Kind]?: ReportedFieldNode };
