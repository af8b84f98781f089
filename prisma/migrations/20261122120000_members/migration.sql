-- AlterTable
ALTER TABLE "invitations" ADD COLUMN     "project_roles" JSONB NOT NULL DEFAULT '{}',
ADD COLUMN     "team_ids" UUID[] DEFAULT ARRAY[]::UUID[];

-- AlterTable
ALTER TABLE "organisations" ADD COLUMN     "limits_revision" INTEGER NOT NULL DEFAULT 0;
