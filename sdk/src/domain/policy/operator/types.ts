/** The operator's policy as its file says it, with its `snake_case` names in camelCase. */
import type { BackoffPolicy, CircuitBreakerPolicy } from '../../../resilience/policy.ts'

/** What an organisation of one tier may have. */
export interface TierSection {
  /** Seats that the price includes, and how many there can be with extra ones. */
  readonly seats: { readonly included: number; readonly max: number }
  /** Members with and without a seat (viewers take none); null: no limit. */
  readonly maxMembers: number | null
  /** Projects that are not archived; null: no limit. */
  readonly maxProjects: number | null
  /** Names of what the tier may use. */
  readonly features: readonly string[]
  /** Points of cost that one key or session may spend in a minute. */
  readonly pointsPerMinute: number
}

/** Cost, quality and anomalies. */
export interface AnalyticsSection {
  /** US dollars a month. */
  readonly budgetAlertThreshold: number
  /** US dollars a day. */
  readonly maxDailyCost: number
  /** Percent above the time before. */
  readonly costSpikeThreshold: number
  /** Percent below the time before. */
  readonly qualityDropThreshold: number
  /** Whether somebody has to look at each anomaly. */
  readonly requireAnomalyReview: boolean
}

/** Outside systems, and previews of branches. */
export interface IntegrationsSection {
  /** Names of the systems that a project may be tied to. */
  readonly integrationsAllowed: readonly string[]
  /** Whether a project has to be tied to an issue tracker. */
  readonly externalSyncRequired: boolean
  /** Phases, as milestones name them. */
  readonly requirePreviewForPhase: readonly string[]
  /** From 0. */
  readonly maxIntegrationsPerProject: number
  /** Where branches can be looked at. */
  readonly previewEnvironments: {
    /** Phases, as milestones name them. */
    readonly requiredForPhases: readonly string[]
    /** Names of the systems that may deploy. */
    readonly providersAllowed: readonly string[]
    /** Branches, or globs of them. */
    readonly autoDeployBranches: readonly string[]
    /** Days until one is taken down. */
    readonly retentionDays: number
  }
}

/** Designs, and how far components may differ from them. */
export interface DesignSystemSection {
  /** Whether components have to look as they were designed. */
  readonly designParityRequired: boolean
  /** Percent. */
  readonly designTokenThreshold: number
  /** How alike two pictures have to be: a share from 0 to 1, and pixels that may differ. */
  readonly visualRegression: { readonly similarityThreshold: number; readonly pixelDiffThreshold: number }
  /** Whether each component names its design, and by how many percent it may differ. */
  readonly componentParity: { readonly enforceFigmaMapping: boolean; readonly allowedDriftPercentage: number }
  /** Whether tokens are taken over by themselves, and whether somebody agrees first. */
  readonly tokenSync: { readonly autoSyncEnabled: boolean; readonly requireManualApproval: boolean }
}

/** Languages. */
export interface LocalesSection {
  /** Whether interfaces have to be translated. */
  readonly required: boolean
  /** BCP 47 language tags. */
  readonly supportedLocales: readonly string[]
  /** Percent of the texts that have to be there, and whether a build fails without them. */
  readonly translationCoverage: { readonly minimumPercentage: number; readonly enforceOnBuild: boolean }
}

/** The guidelines that hold, and what an audit has to find. */
export interface AccessibilitySection {
  /** Whether interfaces have to conform. */
  readonly required: boolean
  /** Level of conformance. */
  readonly wcagLevel: 'A' | 'AA' | 'AAA'
  /** Version of the guidelines. */
  readonly wcagVersion: '2.0' | '2.1' | '2.2'
  /** Lighthouse's score of 100 at least, axe's violations at most, and the contrast of text at least. */
  readonly auditRequirements: { readonly lighthouseScoreMin: number; readonly axeViolationsMax: number; readonly colorContrastMin: number }
}

/** What strangers may do, and how often. */
export interface PublicLaunchSection {
  /** Whether strangers may sign up. */
  readonly publicSignupEnabled: boolean
  /** Whether somebody agrees to each of them. */
  readonly signupApprovalRequired: boolean
  /** Whether their address has to be verified first. */
  readonly emailVerificationRequired: boolean
  /** Whether there is one, and what is looked at before it is shown. */
  readonly marketplace: { readonly enabled: boolean; readonly autoPublish: boolean; readonly moderationRequired: boolean; readonly verificationRequiredForFeatured: boolean }
  /** Whether bringing somebody gives credits, how many, and how often. */
  readonly referrals: { readonly enabled: boolean; readonly creditsPerReferral: number; readonly maxReferralsPerUser: number }
  /** How often, by whom. */
  readonly rateLimits: {
    /** Points of cost of requests without a key or session. */
    readonly anonymousPointsPerIpPerMinute: number
    /** Attempts. */
    readonly signupPerIpPerHour: number
    /** Attempts. */
    readonly signinPerIpPer5Minutes: number
    /** Attempts. */
    readonly passwordResetPerIpPerHour: number
    /** Messages. */
    readonly feedbackPerUserPerHour: number
    /** Installations. */
    readonly marketplaceInstallsPerUserPerHour: number
    /** Requests. */
    readonly apiRequestsPerUserPerMinute: number
  }
}

/** What an evaluation of models has to reach. */
export interface EvalsSection {
  /** A share, 0 to 1. */
  readonly minQualityScore: number
  /** A share, 0 to 1. */
  readonly minPassRate: number
  /** How much the score may fall: a share, 0 to 1. */
  readonly regressionThreshold: number
}

/** What a request to a model may cost. */
export interface OptimizationSection {
  /** What a request to a model may cost: US dollars, milliseconds, tokens. */
  readonly budget: { readonly maxCostPerRequestUsd: number; readonly maxLatencyMs: number; readonly maxTokensPerRequest: number }
}

/** Of the sockets of one process. */
export interface RealtimeSection {
  /** More are closed with 1013. */
  readonly maxConnections: number
  /** Of one address. */
  readonly maxConnectionsPerIp: number
  /** Of one API key or session. */
  readonly maxConnectionsPerCredential: number
  /** At a time. */
  readonly maxSubscriptionsPerSocket: number
  /** Of a message that a client sends. */
  readonly maxMessageKb: number
  /** How long a socket has to introduce itself. */
  readonly initTimeoutSeconds: number
  /** What may wait to be read from a socket before its subscriptions are paused. */
  readonly maxBufferedKb: number
  /** How long that may take before the socket is closed. */
  readonly slowReaderSeconds: number
}

/** The whole file. */
export interface OperatorFile {
  /** What an organisation of each tier may have. */
  readonly tiers: Readonly<Record<'free' | 'pro' | 'team' | 'enterprise', TierSection>>
  /** Failures in a row that lock an account and minutes of the lock; seconds of a session; characters of a password. */
  readonly security: { readonly maxLoginAttempts: number; readonly lockMinutes: number; readonly sessionTimeout: number; readonly passwordMinLength: number }
  /** What strangers may do. */
  readonly publicLaunch: PublicLaunchSection
  /** How long they are valid. */
  readonly invitations: { readonly validHours: number }
  /** How long a key that was rotated stays valid: at most, and unless said otherwise. */
  readonly apiKeys: { readonly maxGraceHours: number; readonly defaultGraceHours: number }
  /** How long it lasts: at most, and unless said otherwise. */
  readonly impersonation: { readonly maxMinutes: number; readonly defaultMinutes: number }
  /** How long records are kept. */
  readonly audit: { readonly retentionDays: number }
  /** Limits of sockets. */
  readonly realtime: RealtimeSection
  /** In seconds, for they are long; always with jitter. */
  readonly deliveries: { readonly minSeconds: number; readonly maxSeconds: number; readonly factor: number; readonly maxAttempts: number }
  /** When an outside system that failed is asked again. */
  readonly syncBackoff: BackoffPolicy
  /** When one that keeps failing is left alone. */
  readonly circuitBreaker: CircuitBreakerPolicy
  /** Within how many seconds a device says that it is there, when it counts as gone, and when its person as idle. */
  readonly presence: { readonly heartbeatSeconds: number; readonly expirySeconds: number; readonly idleSeconds: number }
  /** Cost, quality and anomalies. */
  readonly analytics: AnalyticsSection
  /** Outside systems. */
  readonly integrations: IntegrationsSection
  /** Designs and their tokens. */
  readonly designSystem: DesignSystemSection
  /** Languages. */
  readonly i18n: LocalesSection
  /** Use by everybody. */
  readonly accessibility: AccessibilitySection
  /** Evaluation of models. */
  readonly evals: EvalsSection
  /** Cost of models. */
  readonly optimization: OptimizationSection
}
