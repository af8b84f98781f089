-- CreateTable
CREATE TABLE "audit_chains" (
    "organisation_id" UUID NOT NULL,
    "size" INTEGER NOT NULL,
    "head_hash" TEXT NOT NULL,
    "frontier" BYTEA NOT NULL,
    "checkpoint_size" INTEGER NOT NULL DEFAULT 0,
    "checkpoint_at" TIMESTAMPTZ(3),

    CONSTRAINT "audit_chains_pkey" PRIMARY KEY ("organisation_id")
);

-- CreateTable
CREATE TABLE "audit_nodes" (
    "organisation_id" UUID NOT NULL,
    "level" SMALLINT NOT NULL,
    "index" INTEGER NOT NULL,
    "hash" BYTEA NOT NULL,

    CONSTRAINT "audit_nodes_pkey" PRIMARY KEY ("organisation_id","level","index")
);

-- CreateTable
CREATE TABLE "audit_cuts" (
    "organisation_id" UUID NOT NULL,
    "sequence" INTEGER NOT NULL,
    "chain_hash" TEXT NOT NULL,

    CONSTRAINT "audit_cuts_pkey" PRIMARY KEY ("organisation_id","sequence")
);

-- CreateTable
CREATE TABLE "audit_checkpoints" (
    "organisation_id" UUID NOT NULL,
    "size" INTEGER NOT NULL,
    "note" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "audit_checkpoints_pkey" PRIMARY KEY ("organisation_id","size")
);

-- CreateTable
CREATE TABLE "audit_signing_keys" (
    "name" TEXT NOT NULL,
    "public_key" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "audit_signing_keys_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "audit_exports" (
    "organisation_id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "first_sequence" INTEGER NOT NULL,
    "last_sequence" INTEGER NOT NULL,
    "object_key" TEXT NOT NULL,
    "exported_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "audit_exports_pkey" PRIMARY KEY ("organisation_id","first_sequence")
);

-- CreateIndex
CREATE INDEX "audit_records_organisation_id_actor_id_created_at_idx" ON "audit_records"("organisation_id", "actor_id", "created_at");

-- CreateIndex
CREATE INDEX "audit_records_organisation_id_target_id_created_at_idx" ON "audit_records"("organisation_id", "target_id", "created_at");


-- What the sequencer still has to place, in the order in which it does. Prisma does not know partial indexes.
CREATE INDEX "audit_records_pending_idx" ON "audit_records"("organisation_id", "id") WHERE "sequence" IS NULL;

-- The log only grows. These triggers guard it against mistakes in our own code; against whoever may disable a trigger stand the
-- chain, the tree and the signed checkpoints.
CREATE FUNCTION audit_records_keep() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF ROW(NEW."id", NEW."organisation_id", NEW."actor_id", NEW."impersonator_id", NEW."action", NEW."version", NEW."target_type", NEW."target_id", NEW."before_digest",
         NEW."after_digest", NEW."details", NEW."request_id", NEW."origin", NEW."created_at", NEW."personal_commitment")
     IS DISTINCT FROM
     ROW(OLD."id", OLD."organisation_id", OLD."actor_id", OLD."impersonator_id", OLD."action", OLD."version", OLD."target_type", OLD."target_id", OLD."before_digest",
         OLD."after_digest", OLD."details", OLD."request_id", OLD."origin", OLD."created_at", OLD."personal_commitment")
  THEN RAISE EXCEPTION 'an audit record is never changed' USING ERRCODE = 'restrict_violation';
  END IF;
  IF ROW(NEW."sequence", NEW."chain_hash") IS DISTINCT FROM ROW(OLD."sequence", OLD."chain_hash") AND (OLD."sequence" IS NOT NULL OR NEW."sequence" IS NULL OR NEW."chain_hash" IS NULL)
  THEN RAISE EXCEPTION 'an audit record keeps its place in the chain' USING ERRCODE = 'restrict_violation';
  END IF;
  IF ROW(NEW."personal", NEW."personal_salt") IS DISTINCT FROM ROW(OLD."personal", OLD."personal_salt") AND (NEW."personal" IS NOT NULL OR NEW."personal_salt" IS NOT NULL)
  THEN RAISE EXCEPTION 'personal data of an audit record is erased, not changed' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION audit_records_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM audit_cuts c WHERE c."organisation_id" = OLD."organisation_id" AND c."sequence" = OLD."sequence" AND c."chain_hash" = OLD."chain_hash")
  THEN RAISE EXCEPTION 'an audit record is deleted by retention only, once its hashes are kept' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN OLD;
END $$;

CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is only added to', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER "audit_records_keep" BEFORE UPDATE ON "audit_records" FOR EACH ROW EXECUTE FUNCTION audit_records_keep();
CREATE TRIGGER "audit_records_stay" BEFORE DELETE ON "audit_records" FOR EACH ROW EXECUTE FUNCTION audit_records_stay();
CREATE TRIGGER "audit_records_no_truncate" BEFORE TRUNCATE ON "audit_records" FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER "audit_nodes_only_grow" BEFORE UPDATE OR DELETE OR TRUNCATE ON "audit_nodes" FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER "audit_cuts_only_grow" BEFORE UPDATE OR DELETE OR TRUNCATE ON "audit_cuts" FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
