-- The cluster's secrets, with the time at which each was made, in milliseconds since 1970.

CREATE TABLE Secret (
    Made  bigint PRIMARY KEY,
    Value bytea  NOT NULL
);
