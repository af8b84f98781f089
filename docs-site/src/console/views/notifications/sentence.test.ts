import { expect, test } from 'vitest'
import { sentenceOf } from './sentence.ts'

test.each([
  ['comment.added', 'MENTION', 'HIGH', 'says.mention'],
  ['approval.requested', 'MENTION', 'HIGH', 'says.approval'],
  ['policy.notified', 'MENTION', 'NORMAL', 'says.rule'],
  ['comment.added', 'REPLY', 'HIGH', 'says.reply'],
  ['approval.approved', 'REPLY', 'HIGH', 'says.approvalAnswered'],
  ['comment.added', 'PARTICIPATION', 'NORMAL', 'says.participation'],
  ['comment.resolved', 'AUTHOR', 'NORMAL', 'says.resolved'],
  ['member.roleChanged', 'ROLE', 'HIGH', 'says.roleInOrganisation'],
  ['member.projectRoleChanged', 'ROLE', 'HIGH', 'says.role'],
  ['comment.added', 'WATCHING', 'NORMAL', 'says.commented'],
  ['qa.run.recorded', 'WATCHING', 'HIGH', 'says.checkFailed'],
  ['plan.changed', 'WATCHING', 'NORMAL', 'says.status'],
  ['plan.changed', 'WATCHING', 'LOW', 'says.edited'],
])('%s by %s of priority %s', (kind, reason, priority, expected) => expect(sentenceOf({ kind, reason, priority })).toBe(expected))

test('what is not known here is told in the words of the server', () => {
  expect(sentenceOf({ kind: 'apiKey.expiring', reason: 'KEY', priority: 'HIGH' })).toBeUndefined()
  expect(sentenceOf({ kind: 'moon.rose', reason: 'WATCHING', priority: 'LOW' })).toBeUndefined()
  expect(sentenceOf({ kind: 'comment.added', reason: 'TIDE', priority: 'LOW' })).toBeUndefined()
})
