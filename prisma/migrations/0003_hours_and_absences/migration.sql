-- AlterTable
ALTER TABLE "person" ADD COLUMN     "hours" JSONB;

-- CreateTable
CREATE TABLE "absence" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "from_at" TIMESTAMPTZ(3) NOT NULL,
    "until_at" TIMESTAMPTZ(3) NOT NULL,
    "backup_id" UUID,

    CONSTRAINT "absence_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "absence_person_id_until_at_idx" ON "absence"("person_id", "until_at");

-- AddForeignKey
ALTER TABLE "absence" ADD CONSTRAINT "absence_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "absence" ADD CONSTRAINT "absence_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
