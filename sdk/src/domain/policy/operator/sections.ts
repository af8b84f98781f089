export const OPERATOR_SECTIONS: ReadonlySet<string> = new Set(['tiers', 'audit'])
