-- AlterTable
ALTER TABLE "workspace" ADD COLUMN     "directs_since" TIMESTAMPTZ(3);
