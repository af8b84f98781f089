import './types.ts'
