-- AlterTable
ALTER TABLE "request" ADD COLUMN     "contacts" INTEGER NOT NULL DEFAULT 1,
ADD COLUMN     "handovers" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "offered_to" UUID,
ADD COLUMN     "waited_ms" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "waits_since" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "brief" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "request_id" UUID NOT NULL,
    "author_id" UUID,
    "to_id" UUID NOT NULL,
    "text" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "erased_at" TIMESTAMPTZ(3),

    CONSTRAINT "brief_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "brief_request_id_at_idx" ON "brief"("request_id", "at");

-- AddForeignKey
ALTER TABLE "brief" ADD CONSTRAINT "brief_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "brief" ADD CONSTRAINT "brief_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "request"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
