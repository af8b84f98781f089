/** The sections of the operator's file, and what each of their keys accepts. A new section is one more member of `OPERATOR_FILE`. */
import { decimal, listOf, listOfNames, mapping, oneOf, orNull, snakeCase, text, whole, yesOrNo } from '../fields.ts'
import type { Field } from '../fields.ts'
import type {
  AccessibilitySection, AnalyticsSection, DesignSystemSection, EvalsSection, IntegrationsSection, LocalesSection, OperatorFile, OptimizationSection, PublicLaunchSection, RealtimeSection, TierSection,
} from './types.ts'

const HOUR_SECONDS = 3_600
const HOUR_MS = 3_600_000
const DAY_SECONDS = 24 * HOUR_SECONDS
const DAY_MINUTES = 24 * 60
const YEAR_HOURS = 24 * 365
const MANY = 1_000_000
const MANY_POINTS = 1_000_000_000
const PERCENT = decimal(0, 100)
const SHARE = decimal(0, 1)

const PHASES = listOf(text('the name of a phase', /\S/, 100), 'a list of phases such as [QA, Beta]')
const BRANCHES = listOf(text('a branch or a glob of branches', /^\S+$/, 200), 'a list of branches such as [main, "feature/*"]')
const LOCALES = listOf(text('a language tag such as en or pt-BR', /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 35), 'a list of language tags such as [en, de]', { min: 1 })

const TIER = mapping<TierSection>({
  seats: mapping<TierSection['seats']>({ included: whole(0, MANY), max: whole(0, MANY) }, { atMost: ['included', 'max'] }),
  maxMembers: orNull(whole(1, MANY)), maxProjects: orNull(whole(0, MANY)), features: listOfNames, pointsPerMinute: whole(1, MANY_POINTS),
})

const PUBLIC_LAUNCH = mapping<PublicLaunchSection>({
  publicSignupEnabled: yesOrNo, signupApprovalRequired: yesOrNo, emailVerificationRequired: yesOrNo,
  marketplace: mapping<PublicLaunchSection['marketplace']>({ enabled: yesOrNo, autoPublish: yesOrNo, moderationRequired: yesOrNo, verificationRequiredForFeatured: yesOrNo }),
  referrals: mapping<PublicLaunchSection['referrals']>({ enabled: yesOrNo, creditsPerReferral: whole(0, MANY), maxReferralsPerUser: whole(0, MANY) }),
  rateLimits: mapping<PublicLaunchSection['rateLimits']>({
    anonymousPointsPerIpPerMinute: whole(1, MANY_POINTS), signupPerIpPerHour: whole(1, MANY), signinPerIpPer5Minutes: whole(1, MANY), passwordResetPerIpPerHour: whole(1, MANY),
    feedbackPerUserPerHour: whole(1, MANY), marketplaceInstallsPerUserPerHour: whole(1, MANY), apiRequestsPerUserPerMinute: whole(1, MANY),
  }),
})

const REALTIME = mapping<RealtimeSection>({
  maxConnections: whole(1, MANY), maxConnectionsPerIp: whole(1, MANY), maxConnectionsPerCredential: whole(1, MANY), maxSubscriptionsPerSocket: whole(1, 10_000),
  maxMessageKb: whole(1, 100 * 1_024), initTimeoutSeconds: whole(1, 60), maxBufferedKb: whole(128, 100 * 1_024), slowReaderSeconds: whole(1, 300),
})

const ANALYTICS = mapping<AnalyticsSection>({
  budgetAlertThreshold: decimal(0, MANY), costSpikeThreshold: decimal(0, 1_000), qualityDropThreshold: PERCENT, requireAnomalyReview: yesOrNo, maxDailyCost: decimal(0, MANY),
})

const INTEGRATIONS = mapping<IntegrationsSection>({
  integrationsAllowed: listOfNames, externalSyncRequired: yesOrNo, requirePreviewForPhase: PHASES, maxIntegrationsPerProject: whole(0, 1_000),
  previewEnvironments: mapping<IntegrationsSection['previewEnvironments']>({ requiredForPhases: PHASES, providersAllowed: listOfNames, autoDeployBranches: BRANCHES, retentionDays: whole(1, 365) }),
})

const DESIGN_SYSTEM = mapping<DesignSystemSection>({
  designParityRequired: yesOrNo, designTokenThreshold: PERCENT,
  visualRegression: mapping<DesignSystemSection['visualRegression']>({ similarityThreshold: SHARE, pixelDiffThreshold: whole(0, MANY_POINTS) }),
  componentParity: mapping<DesignSystemSection['componentParity']>({ enforceFigmaMapping: yesOrNo, allowedDriftPercentage: PERCENT }),
  tokenSync: mapping<DesignSystemSection['tokenSync']>({ autoSyncEnabled: yesOrNo, requireManualApproval: yesOrNo }),
})

const I18N = mapping<LocalesSection>({
  required: yesOrNo, supportedLocales: LOCALES, translationCoverage: mapping<LocalesSection['translationCoverage']>({ minimumPercentage: PERCENT, enforceOnBuild: yesOrNo }),
})

const ACCESSIBILITY = mapping<AccessibilitySection>({
  required: yesOrNo, wcagLevel: oneOf(['A', 'AA', 'AAA']), wcagVersion: oneOf(['2.0', '2.1', '2.2']),
  auditRequirements: mapping<AccessibilitySection['auditRequirements']>({ lighthouseScoreMin: PERCENT, axeViolationsMax: whole(0, MANY), colorContrastMin: decimal(1, 21) }),
})

const EVALS = mapping<EvalsSection>({ minQualityScore: SHARE, minPassRate: SHARE, regressionThreshold: SHARE })
const OPTIMIZATION = mapping<OptimizationSection>({
  budget: mapping<OptimizationSection['budget']>({ maxCostPerRequestUsd: decimal(0, 1_000), maxLatencyMs: whole(1, HOUR_MS), maxTokensPerRequest: whole(1, MANY_POINTS) }),
})

const MEMBERS: { readonly [Name in keyof OperatorFile]: Field<OperatorFile[Name]> } = {
  tiers: mapping<OperatorFile['tiers']>({ free: TIER, pro: TIER, team: TIER, enterprise: TIER }),
  security: mapping<OperatorFile['security']>({ maxLoginAttempts: whole(1, 1_000), lockMinutes: whole(1, DAY_MINUTES), sessionTimeout: whole(300, YEAR_HOURS * HOUR_SECONDS), passwordMinLength: whole(8, 128) }),
  publicLaunch: PUBLIC_LAUNCH,
  invitations: mapping<OperatorFile['invitations']>({ validHours: whole(1, YEAR_HOURS) }),
  apiKeys: mapping<OperatorFile['apiKeys']>({ defaultGraceHours: whole(0, YEAR_HOURS), maxGraceHours: whole(0, YEAR_HOURS) }, { atMost: ['defaultGraceHours', 'maxGraceHours'] }),
  impersonation: mapping<OperatorFile['impersonation']>({ defaultMinutes: whole(1, DAY_MINUTES), maxMinutes: whole(1, DAY_MINUTES) }, { atMost: ['defaultMinutes', 'maxMinutes'] }),
  audit: mapping<OperatorFile['audit']>({ retentionDays: whole(30, 2_557) }),
  realtime: REALTIME,
  deliveries: mapping<OperatorFile['deliveries']>(
    { minSeconds: whole(1, DAY_SECONDS), maxSeconds: whole(1, 7 * DAY_SECONDS), factor: whole(1, 100), maxAttempts: whole(1, 100) }, { atMost: ['minSeconds', 'maxSeconds'] },
  ),
  syncBackoff: mapping<OperatorFile['syncBackoff']>({ minMs: whole(1, HOUR_MS), maxMs: whole(1, HOUR_MS), factor: whole(1, 100), jitter: yesOrNo, maxAttempts: whole(1, 100) }, { atMost: ['minMs', 'maxMs'] }),
  circuitBreaker: mapping<OperatorFile['circuitBreaker']>({ failureThreshold: whole(1, 1_000), successThreshold: whole(1, 1_000), cooldownMs: whole(1, HOUR_MS), halfOpenMaxCalls: whole(1, 1_000) }),
  presence: mapping<OperatorFile['presence']>({ heartbeatSeconds: whole(1, HOUR_SECONDS), expirySeconds: whole(2, HOUR_SECONDS), idleSeconds: whole(1, DAY_SECONDS) }, { atMost: ['heartbeatSeconds', 'expirySeconds'] }),
  analytics: ANALYTICS, integrations: INTEGRATIONS, designSystem: DESIGN_SYSTEM, i18n: I18N, accessibility: ACCESSIBILITY, evals: EVALS, optimization: OPTIMIZATION,
}

export const OPERATOR_FILE: Field<OperatorFile> = mapping<OperatorFile>(MEMBERS)

/** Names of the sections, as the file has them. */
export const OPERATOR_SECTIONS: ReadonlySet<string> = new Set(Object.keys(MEMBERS).map(snakeCase))
