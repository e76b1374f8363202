-- What must stay in sight where a picture is cut: "30 20", percent from the left and
-- from the top; or nothing, which is the middle.
ALTER TABLE media ADD COLUMN focus TEXT NOT NULL DEFAULT '';
