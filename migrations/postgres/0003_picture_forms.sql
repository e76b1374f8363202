-- In which forms a picture is there: "rgb 320 480", or nothing.
ALTER TABLE media ADD COLUMN ready TEXT NOT NULL DEFAULT '';
