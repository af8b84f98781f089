import { builder } from '../builder.ts'
import { readViewer } from './service.ts'
import { Viewer } from './types.ts'

builder.queryField('viewer', (t) => t.field({ type: Viewer, description: 'Who asks, and with which key.', resolve: (_root, _args, ctx) => readViewer(ctx) }))
