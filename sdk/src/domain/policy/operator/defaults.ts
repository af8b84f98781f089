/** What counts where the operator's file says nothing: the values of a fresh checkout. */
import { DEFAULT_CIRCUIT_BREAKER, DEFAULT_SYNC_BACKOFF } from '../../../resilience/policy.ts'
import type { OperatorFile } from './types.ts'

/** What each key of the operator's file has where it is absent; units as in {@link OperatorFile}. */
export const OPERATOR_DEFAULTS: OperatorFile = {
  tiers: {
    free: { seats: { included: 1, max: 3 }, maxMembers: 5, maxProjects: 3, features: ['comments', 'basic_notifications'], pointsPerMinute: 20_000 },
    pro: { seats: { included: 5, max: 10 }, maxMembers: null, maxProjects: null, features: ['comments', 'mentions', 'notifications', 'webhooks'], pointsPerMinute: 100_000 },
    team: { seats: { included: 25, max: 50 }, maxMembers: null, maxProjects: null, features: ['all_collaboration', 'external_issues', 'realtime'], pointsPerMinute: 300_000 },
    enterprise: { seats: { included: 100, max: 1_000 }, maxMembers: null, maxProjects: null, features: ['all_features', 'sso', 'audit_logs'], pointsPerMinute: 2_000_000 },
  },
  security: { maxLoginAttempts: 5, lockMinutes: 15, sessionTimeout: 604_800, passwordMinLength: 12 },
  publicLaunch: {
    publicSignupEnabled: true, signupApprovalRequired: false, emailVerificationRequired: true,
    marketplace: { enabled: true, autoPublish: false, moderationRequired: true, verificationRequiredForFeatured: true },
    referrals: { enabled: true, creditsPerReferral: 100, maxReferralsPerUser: 50 },
    rateLimits: {
      anonymousPointsPerIpPerMinute: 2_000, signupPerIpPerHour: 5, signinPerIpPer5Minutes: 30, passwordResetPerIpPerHour: 5,
      feedbackPerUserPerHour: 10, marketplaceInstallsPerUserPerHour: 50, apiRequestsPerUserPerMinute: 100,
    },
  },
  invitations: { validHours: 168 },
  apiKeys: { maxGraceHours: 168, defaultGraceHours: 24 },
  impersonation: { maxMinutes: 120, defaultMinutes: 30 },
  audit: { retentionDays: 365 },
  realtime: {
    maxConnections: 10_000, maxConnectionsPerIp: 1_000, maxConnectionsPerCredential: 500, maxSubscriptionsPerSocket: 100,
    maxMessageKb: 1_024, initTimeoutSeconds: 3, maxBufferedKb: 1_024, slowReaderSeconds: 10,
  },
  deliveries: { minSeconds: 5, maxSeconds: 86_400, factor: 4, maxAttempts: 10 },
  syncBackoff: DEFAULT_SYNC_BACKOFF,
  circuitBreaker: DEFAULT_CIRCUIT_BREAKER,
  presence: { heartbeatSeconds: 15, expirySeconds: 40, idleSeconds: 60 },
  analytics: { budgetAlertThreshold: 500, costSpikeThreshold: 50, qualityDropThreshold: 20, requireAnomalyReview: true, maxDailyCost: 50 },
  integrations: {
    integrationsAllowed: ['jira', 'linear', 'github', 'asana', 'vercel', 'render', 'netlify'], externalSyncRequired: true, requirePreviewForPhase: ['QA', 'Beta'], maxIntegrationsPerProject: 10,
    previewEnvironments: { requiredForPhases: ['QA', 'Beta'], providersAllowed: ['vercel', 'render', 'netlify'], autoDeployBranches: ['main', 'develop', 'feature/*'], retentionDays: 7 },
  },
  designSystem: {
    designParityRequired: true, designTokenThreshold: 95, visualRegression: { similarityThreshold: 0.95, pixelDiffThreshold: 100 },
    componentParity: { enforceFigmaMapping: true, allowedDriftPercentage: 5 }, tokenSync: { autoSyncEnabled: false, requireManualApproval: true },
  },
  i18n: { required: true, supportedLocales: ['en', 'es', 'fr', 'de'], translationCoverage: { minimumPercentage: 90, enforceOnBuild: true } },
  accessibility: { required: true, wcagLevel: 'AA', wcagVersion: '2.1', auditRequirements: { lighthouseScoreMin: 90, axeViolationsMax: 0, colorContrastMin: 4.5 } },
  evals: { minQualityScore: 0.85, minPassRate: 0.9, regressionThreshold: 0.05 },
  optimization: { budget: { maxCostPerRequestUsd: 0.1, maxLatencyMs: 5_000, maxTokensPerRequest: 4_000 } },
}
