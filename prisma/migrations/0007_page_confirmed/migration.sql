-- AlterTable
ALTER TABLE "team" ADD COLUMN     "page_confirmed_at" TIMESTAMPTZ(3),
ADD COLUMN     "page_confirmed_by" UUID;
