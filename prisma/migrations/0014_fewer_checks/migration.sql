-- Each row of these is written with every message, and each check of its workspace locks the workspace's one row. What
-- they belong to is checked by their request and channel; workspaces are never deleted.

-- DropForeignKey
ALTER TABLE "request_event" DROP CONSTRAINT "request_event_workspace_id_fkey";

-- DropForeignKey
ALTER TABLE "pledge" DROP CONSTRAINT "pledge_workspace_id_fkey";

-- DropForeignKey
ALTER TABLE "message" DROP CONSTRAINT "message_workspace_id_fkey";

-- DropForeignKey
ALTER TABLE "heard" DROP CONSTRAINT "heard_workspace_id_fkey";

-- DropForeignKey
ALTER TABLE "seen_event" DROP CONSTRAINT "seen_event_workspace_id_fkey";

-- DropForeignKey
ALTER TABLE "post" DROP CONSTRAINT "post_workspace_id_fkey";
