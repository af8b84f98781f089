-- AlterTable
ALTER TABLE "api_keys" ADD COLUMN     "last_use_digest" TEXT;

-- CreateIndex
CREATE UNIQUE INDEX "api_keys_rotated_from_id_key" ON "api_keys"("rotated_from_id");

-- CreateIndex
CREATE INDEX "api_keys_organisation_id_created_at_id_idx" ON "api_keys"("organisation_id", "created_at", "id");

-- DropIndex
DROP INDEX "api_keys_organisation_id_idx";
