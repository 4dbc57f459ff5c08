-- AlterTable
ALTER TABLE "channel" ADD COLUMN     "join_within" INTEGER,
ADD COLUMN     "opens_from" DOUBLE PRECISION,
ADD COLUMN     "tuned_at" TIMESTAMPTZ(3),
ADD COLUMN     "tuned_by" UUID;
