import type { Template } from '../types.ts'

/** A small template with a loop, a condition and an anchor. */
export const sample = (changes: Partial<Template> = {}): Template => ({
  format: 1, name: 'sample', version: '1.0.0', kind: 'template', title: 'Sample', description: 'For tests.',
  variables: [
    { name: 'app', type: 'string', prompt: 'Name?' },
    { name: 'regions', type: 'list', prompt: 'Where?', default: ['eu', 'us'] },
    { name: 'data', type: 'boolean', prompt: 'Data?', default: true },
  ],
  plan: {
    project: { name: '{{app}}' },
    milestones: [
      {
        id: 'build', title: 'Build {{app}}',
        steps: [
          { id: 'code', title: 'Code', microsteps: [{ id: 'write', title: 'Write', estimate: 4 }] },
          { id: 'store', if: 'data', title: 'Store', dependsOn: ['code'], microsteps: [{ id: 'migrate', title: 'Migrate', estimate: 2 }] },
        ],
      },
      {
        id: 'ship', title: 'Ship', dependsOn: ['build'],
        steps: [
          { id: 'deploy-{{region}}', forEach: { as: 'region', in: 'regions' }, title: 'Deploy to {{region}}', dependsOn: ['store'], microsteps: [
            { id: 'try-{{region}}', title: 'Try {{region}}', estimate: 1 },
            { id: 'open-{{region}}', title: 'Open {{region}}', dependsOn: ['try-{{region}}'], estimate: 1 },
          ] },
          { id: 'tell', title: 'Tell', dependsOn: ['deploy-{{region}}'], microsteps: [{ id: 'mail', title: 'Mail', estimate: 1 }] },
        ],
      },
    ],
  },
  anchors: [{ name: 'foundation', item: 'code' }, { name: 'release', item: 'ship' }],
  policy: { rules: [{ id: 'named', when: ['plan.*'], condition: 'project.name == {{app}}', effect: 'warn', message: '{{item.title}} of {{app}}' }] },
  ...changes,
})

/** A pack that joins it. */
export const pack = (changes: Partial<Template> = {}): Template => ({
  format: 1, name: 'extra', version: '1.0.0', kind: 'pack', title: 'Extra', description: 'For tests.',
  plan: { milestones: [{ id: 'extra', title: 'Extra', steps: [{ id: 'code', title: 'Code of the pack', microsteps: [{ id: 'do', title: 'Do', estimate: 3 }] }] }] },
  joins: [{ item: 'extra', dependsOn: ['foundation'], blocks: ['release'] }],
  ...changes,
})
