/** The plan of the project `shop`, which is there wherever a page is run. */
import type { Plan } from '@buildrunner/sdk/plans'

export const SHOP: Plan = {
  version: 1,
  project: { name: 'Shop' },
  milestones: [
    {
      id: 'foundation', title: 'Foundation',
      steps: [
        {
          id: 'accounts', title: 'Accounts',
          microsteps: [
            { id: 'data-model', title: 'Data model', status: 'done', estimate: 4 },
            {
              id: 'sign-in', title: 'Sign in', status: 'in_progress', dependsOn: ['data-model'], estimate: 8,
              acceptanceCriteria: [{ id: 'password', text: 'A password works.' }],
            },
          ],
        },
      ],
    },
    {
      id: 'launch', title: 'Launch', dependsOn: ['foundation'],
      steps: [
        {
          id: 'buying', title: 'Buying',
          microsteps: [
            { id: 'add-to-cart', title: 'Add to cart', estimate: 3 },
            { id: 'checkout', title: 'Checkout', dependsOn: ['add-to-cart'], estimate: 8 },
            { id: 'receipts', title: 'Receipts by mail', dependsOn: ['checkout'], estimate: 2 },
          ],
        },
      ],
    },
  ],
}
