-- CreateEnum
CREATE TYPE "tier" AS ENUM ('free', 'pro', 'team', 'enterprise');

-- The same roles under their new name: no row changes
ALTER TYPE "member_role" RENAME TO "organisation_role";

-- CreateEnum
CREATE TYPE "project_role" AS ENUM ('PM', 'TechLead', 'QA', 'Contributor', 'Viewer');

-- CreateEnum
CREATE TYPE "platform_role" AS ENUM ('GlobalAdmin', 'SupportAgent');

-- AlterTable
ALTER TABLE "api_keys" ADD COLUMN     "revoked_at" TIMESTAMPTZ(3),
ADD COLUMN     "rotated_from_id" UUID;

-- AlterTable
ALTER TABLE "audit_records" ADD COLUMN     "chain_hash" TEXT,
ADD COLUMN     "details" TEXT,
ADD COLUMN     "origin" TEXT NOT NULL DEFAULT 'unknown',
ADD COLUMN     "personal" TEXT,
ADD COLUMN     "personal_commitment" TEXT,
ADD COLUMN     "personal_salt" TEXT,
ADD COLUMN     "sequence" INTEGER,
ALTER COLUMN "actor_id" DROP NOT NULL,
ALTER COLUMN "target_id" DROP NOT NULL;

-- Addresses move behind a salted commitment, as the write path makes them
UPDATE "audit_records" SET "personal" = '{"address":' || to_json("address")::text || '}', "personal_salt" = replace(gen_random_uuid()::text, '-', '') WHERE "address" IS NOT NULL;
UPDATE "audit_records" SET "personal_commitment" = encode(sha256(convert_to("personal_salt" || "personal", 'UTF8')), 'hex') WHERE "personal" IS NOT NULL;
ALTER TABLE "audit_records" ALTER COLUMN "origin" DROP DEFAULT, DROP COLUMN "address";

-- AlterTable
ALTER TABLE "organisations" ADD COLUMN     "audit_retention_days" INTEGER,
ADD COLUMN     "default_role" "project_role" DEFAULT 'Viewer',
ADD COLUMN     "extra_seats" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "require_mfa" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "tier" "tier" NOT NULL DEFAULT 'enterprise';

-- AlterTable
ALTER TABLE "users" ADD COLUMN     "platform_role" "platform_role";

-- Whoever set the server up administrates it
UPDATE "users" SET "platform_role" = 'GlobalAdmin' WHERE "id" = (
  SELECT m."user_id" FROM "members" m JOIN "organisations" o ON o."id" = m."organisation_id" WHERE m."role" = 'TenantAdmin' ORDER BY o."created_at", m."created_at" LIMIT 1
);

-- CreateTable
CREATE TABLE "project_members" (
    "project_id" UUID NOT NULL,
    "organisation_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "role" "project_role" NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "project_members_pkey" PRIMARY KEY ("project_id","user_id")
);

-- CreateTable
CREATE TABLE "teams" (
    "id" UUID NOT NULL,
    "organisation_id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "teams_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "team_members" (
    "team_id" UUID NOT NULL,
    "organisation_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "team_members_pkey" PRIMARY KEY ("team_id","user_id")
);

-- CreateTable
CREATE TABLE "invitations" (
    "id" UUID NOT NULL,
    "organisation_id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "role" "organisation_role" NOT NULL DEFAULT 'Member',
    "token_hash" TEXT NOT NULL,
    "invited_by_id" UUID NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "accepted_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "invitations_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "project_members_organisation_id_user_id_idx" ON "project_members"("organisation_id", "user_id");

-- CreateIndex
CREATE INDEX "project_members_user_id_idx" ON "project_members"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "teams_organisation_id_slug_key" ON "teams"("organisation_id", "slug");

-- CreateIndex
CREATE INDEX "team_members_organisation_id_user_id_idx" ON "team_members"("organisation_id", "user_id");

-- CreateIndex
CREATE INDEX "team_members_user_id_idx" ON "team_members"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "invitations_token_hash_key" ON "invitations"("token_hash");

-- CreateIndex
CREATE INDEX "invitations_organisation_id_created_at_id_idx" ON "invitations"("organisation_id", "created_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "audit_records_organisation_id_sequence_key" ON "audit_records"("organisation_id", "sequence");

-- AddForeignKey
ALTER TABLE "project_members" ADD CONSTRAINT "project_members_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "project_members" ADD CONSTRAINT "project_members_organisation_id_user_id_fkey" FOREIGN KEY ("organisation_id", "user_id") REFERENCES "members"("organisation_id", "user_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "project_members" ADD CONSTRAINT "project_members_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "teams" ADD CONSTRAINT "teams_organisation_id_fkey" FOREIGN KEY ("organisation_id") REFERENCES "organisations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "team_members" ADD CONSTRAINT "team_members_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "teams"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "team_members" ADD CONSTRAINT "team_members_organisation_id_user_id_fkey" FOREIGN KEY ("organisation_id", "user_id") REFERENCES "members"("organisation_id", "user_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "team_members" ADD CONSTRAINT "team_members_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_organisation_id_fkey" FOREIGN KEY ("organisation_id") REFERENCES "organisations"("id") ON DELETE CASCADE ON UPDATE CASCADE;
