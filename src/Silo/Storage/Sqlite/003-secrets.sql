-- The cluster's secrets, with the time at which each was made, in milliseconds since 1970.

CREATE TABLE Secret (
    Made  INTEGER PRIMARY KEY,
    Value BLOB NOT NULL
);
