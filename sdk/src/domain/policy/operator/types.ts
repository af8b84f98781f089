/** The operator's policy as its file says it, with its `snake_case` names in camelCase. */
import type { BackoffPolicy, CircuitBreakerPolicy } from '../../../resilience/policy.ts'

/** What an organisation of one tier may have. */
export interface TierSection {
  /** Seats that the price includes, and how many there can be with extra ones. */
  readonly seats: { readonly included: number; readonly max: number }
  /** Members with and without a seat (viewers take none); null: no limit. */
  readonly maxMembers: number | null
  readonly maxProjects: number | null
  readonly features: readonly string[]
  /** Points of cost that one key or session may spend in a minute. */
  readonly pointsPerMinute: number
}

export interface AnalyticsSection {
  /** US dollars a month, and a day. */
  readonly budgetAlertThreshold: number
  readonly maxDailyCost: number
  /** Percent against the time before. */
  readonly costSpikeThreshold: number
  readonly qualityDropThreshold: number
  readonly requireAnomalyReview: boolean
}

export interface IntegrationsSection {
  readonly integrationsAllowed: readonly string[]
  readonly externalSyncRequired: boolean
  /** Phases, as milestones name them. */
  readonly requirePreviewForPhase: readonly string[]
  readonly maxIntegrationsPerProject: number
  readonly previewEnvironments: {
    readonly requiredForPhases: readonly string[]
    readonly providersAllowed: readonly string[]
    /** Branches, or globs of them. */
    readonly autoDeployBranches: readonly string[]
    readonly retentionDays: number
  }
}

export interface DesignSystemSection {
  readonly designParityRequired: boolean
  /** Percent. */
  readonly designTokenThreshold: number
  readonly visualRegression: { readonly similarityThreshold: number; readonly pixelDiffThreshold: number }
  readonly componentParity: { readonly enforceFigmaMapping: boolean; readonly allowedDriftPercentage: number }
  readonly tokenSync: { readonly autoSyncEnabled: boolean; readonly requireManualApproval: boolean }
}

export interface LocalesSection {
  readonly required: boolean
  readonly supportedLocales: readonly string[]
  readonly translationCoverage: { readonly minimumPercentage: number; readonly enforceOnBuild: boolean }
}

export interface AccessibilitySection {
  readonly required: boolean
  readonly wcagLevel: 'A' | 'AA' | 'AAA'
  readonly wcagVersion: '2.0' | '2.1' | '2.2'
  readonly auditRequirements: { readonly lighthouseScoreMin: number; readonly axeViolationsMax: number; readonly colorContrastMin: number }
}

export interface PublicLaunchSection {
  readonly publicSignupEnabled: boolean
  readonly signupApprovalRequired: boolean
  readonly emailVerificationRequired: boolean
  readonly marketplace: { readonly enabled: boolean; readonly autoPublish: boolean; readonly moderationRequired: boolean; readonly verificationRequiredForFeatured: boolean }
  readonly referrals: { readonly enabled: boolean; readonly creditsPerReferral: number; readonly maxReferralsPerUser: number }
  readonly rateLimits: {
    readonly anonymousPointsPerIpPerMinute: number
    readonly signupPerIpPerHour: number
    readonly signinPerIpPer5Minutes: number
    readonly passwordResetPerIpPerHour: number
    readonly feedbackPerUserPerHour: number
    readonly marketplaceInstallsPerUserPerHour: number
    readonly apiRequestsPerUserPerMinute: number
  }
}

export interface EvalsSection {
  /** Shares, 0 to 1. */
  readonly minQualityScore: number
  readonly minPassRate: number
  readonly regressionThreshold: number
}

export interface OptimizationSection {
  readonly budget: { readonly maxCostPerRequestUsd: number; readonly maxLatencyMs: number; readonly maxTokensPerRequest: number }
}

/** Of the sockets of one process. */
export interface RealtimeSection {
  readonly maxConnections: number
  readonly maxConnectionsPerIp: number
  readonly maxConnectionsPerCredential: number
  readonly maxSubscriptionsPerSocket: number
  readonly maxMessageKb: number
  readonly initTimeoutSeconds: number
  readonly maxBufferedKb: number
  readonly slowReaderSeconds: number
}

export interface OperatorFile {
  readonly tiers: Readonly<Record<'free' | 'pro' | 'team' | 'enterprise', TierSection>>
  readonly security: { readonly maxLoginAttempts: number; readonly lockMinutes: number; readonly sessionTimeout: number; readonly passwordMinLength: number }
  readonly publicLaunch: PublicLaunchSection
  readonly invitations: { readonly validHours: number }
  readonly apiKeys: { readonly maxGraceHours: number; readonly defaultGraceHours: number }
  readonly impersonation: { readonly maxMinutes: number; readonly defaultMinutes: number }
  readonly audit: { readonly retentionDays: number }
  readonly realtime: RealtimeSection
  /** In seconds, for they are long; always with jitter. */
  readonly deliveries: { readonly minSeconds: number; readonly maxSeconds: number; readonly factor: number; readonly maxAttempts: number }
  readonly syncBackoff: BackoffPolicy
  readonly circuitBreaker: CircuitBreakerPolicy
  readonly presence: { readonly heartbeatSeconds: number; readonly expirySeconds: number; readonly idleSeconds: number }
  readonly analytics: AnalyticsSection
  readonly integrations: IntegrationsSection
  readonly designSystem: DesignSystemSection
  readonly i18n: LocalesSection
  readonly accessibility: AccessibilitySection
  readonly evals: EvalsSection
  readonly optimization: OptimizationSection
}
