-- CreateTable
CREATE TABLE "detect_switch" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "channel_id" UUID,
    "signal" TEXT NOT NULL,
    "on" BOOLEAN,
    "by_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "detect_switch_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "detect_switch_workspace_id_channel_id_signal_at_idx" ON "detect_switch"("workspace_id", "channel_id", "signal", "at");

-- AddForeignKey
ALTER TABLE "detect_switch" ADD CONSTRAINT "detect_switch_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
