-- AlterTable
ALTER TABLE "workspace" ADD COLUMN     "learned" INTEGER NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "heard" (
    "channel_id" UUID NOT NULL,
    "message" TEXT NOT NULL,
    "workspace_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "author_id" UUID NOT NULL,
    "text" TEXT,
    "mentions" JSONB NOT NULL DEFAULT '[]',
    "team" BOOLEAN NOT NULL,
    "request_id" UUID,
    "decision" JSONB NOT NULL,

    CONSTRAINT "heard_pkey" PRIMARY KEY ("channel_id","message")
);

-- CreateTable
CREATE TABLE "signal_note" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "request_id" UUID NOT NULL,
    "message" TEXT NOT NULL,
    "signal" TEXT NOT NULL,
    "quote" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "signal_note_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "example" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "channel_id" UUID NOT NULL,
    "message" TEXT NOT NULL,
    "request_id" UUID,
    "text" TEXT NOT NULL,
    "verdict" TEXT NOT NULL,
    "tier" INTEGER,
    "by_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "example_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "heard_channel_id_at_idx" ON "heard"("channel_id", "at");

-- CreateIndex
CREATE INDEX "signal_note_workspace_id_signal_at_idx" ON "signal_note"("workspace_id", "signal", "at");

-- CreateIndex
CREATE UNIQUE INDEX "signal_note_request_id_message_signal_key" ON "signal_note"("request_id", "message", "signal");

-- CreateIndex
CREATE INDEX "example_workspace_id_at_idx" ON "example"("workspace_id", "at");

-- CreateIndex
CREATE UNIQUE INDEX "example_workspace_id_channel_id_message_key" ON "example"("workspace_id", "channel_id", "message");

-- AddForeignKey
ALTER TABLE "heard" ADD CONSTRAINT "heard_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "signal_note" ADD CONSTRAINT "signal_note_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "signal_note" ADD CONSTRAINT "signal_note_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "request"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "example" ADD CONSTRAINT "example_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
