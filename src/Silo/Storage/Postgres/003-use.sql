-- When each blob and checkpoint was last written, or a caller relied on it. What nothing needs is collected a day later.

ALTER TABLE Blob ADD COLUMN Used timestamptz NOT NULL DEFAULT now();
ALTER TABLE Checkpoint ADD COLUMN Used timestamptz NOT NULL DEFAULT now();
