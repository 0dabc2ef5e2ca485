import type { LoweringTable } from '../../trace/backend';

export const convolutionLowerings: LoweringTable = {};
