-- AlterTable
ALTER TABLE "pledge" ADD COLUMN     "by_id" UUID;

-- CreateTable
CREATE TABLE "draft" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "request_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "act" TEXT NOT NULL,
    "typed" JSONB NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "draft_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "draft_at_idx" ON "draft"("at");

-- AddForeignKey
ALTER TABLE "draft" ADD CONSTRAINT "draft_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
