/** The pages for somebody who is not signed in: at any other address, signing in stands before it. */
import type { ComponentType, ReactNode } from 'react'
import type { EntryView } from '../../routes.ts'
import type { ViewProps } from '../../views.tsx'
import { Invitation } from './invitation.tsx'
import { Forgot, Reset } from './reset.tsx'
import { useServer } from './server.ts'
import { SignIn } from './sign-in.tsx'
import type { EntryProps } from './sign-in.tsx'
import { SignUp, Verify } from './sign-up.tsx'
import './entry.css'

const PAGES: Readonly<Record<EntryView, ComponentType<EntryProps>>> = { 'sign-in': SignIn, 'sign-up': SignUp, verify: Verify, forgot: Forgot, reset: Reset, invitation: Invitation }

export default function Entry({ route }: ViewProps): ReactNode {
  const server = useServer()
  const Page = route.view in PAGES ? PAGES[route.view as EntryView] : SignIn
  return <Page key={route.view} route={route} server={server} />
}
