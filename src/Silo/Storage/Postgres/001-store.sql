-- Orleans' ADO.NET clustering reads its statements by key. Each is a single statement, and therefore atomic.

CREATE TABLE OrleansQuery (
    QueryKey  text NOT NULL PRIMARY KEY,
    QueryText text NOT NULL
);

-- Membership ------------------------------------------------------------------------------------------------------

CREATE TABLE OrleansMembershipVersionTable (
    DeploymentId text        NOT NULL PRIMARY KEY,
    Timestamp    timestamptz NOT NULL DEFAULT now(),
    Version      int         NOT NULL DEFAULT 0
);

CREATE TABLE OrleansMembershipTable (
    DeploymentId text        NOT NULL REFERENCES OrleansMembershipVersionTable,
    Address      text        NOT NULL,
    Port         int         NOT NULL,
    Generation   int         NOT NULL,
    SiloName     text        NOT NULL,
    HostName     text        NOT NULL,
    Status       int         NOT NULL,
    ProxyPort    int         NULL,
    SuspectTimes text        NULL,
    StartTime    timestamptz NOT NULL,
    IAmAliveTime timestamptz NOT NULL,
    PRIMARY KEY (DeploymentId, Address, Port, Generation)
);

INSERT INTO OrleansQuery VALUES ('InsertMembershipVersionKey', '
    WITH inserted AS (
        INSERT INTO OrleansMembershipVersionTable (DeploymentId) VALUES (@DeploymentId) ON CONFLICT DO NOTHING RETURNING 1)
    SELECT count(*) FROM inserted;
');

-- A new row or a changed status increments the table's version, if it is still the version that the writer read. Of writers
-- that read the same version, the first locks the version's row; the others wait for it, find another version there, and
-- change nothing. A heartbeat does not change the version.

INSERT INTO OrleansQuery VALUES ('InsertMembershipKey', '
    WITH moved AS (
        UPDATE OrleansMembershipVersionTable SET Version = Version + 1, Timestamp = now()
        WHERE DeploymentId = @DeploymentId AND Version = @Version AND NOT EXISTS (
            SELECT 1 FROM OrleansMembershipTable
            WHERE DeploymentId = @DeploymentId AND Address = @Address AND Port = @Port AND Generation = @Generation)
        RETURNING 1),
    inserted AS (
        INSERT INTO OrleansMembershipTable
            (DeploymentId, Address, Port, Generation, SiloName, HostName, Status, ProxyPort, StartTime, IAmAliveTime)
        SELECT @DeploymentId, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, @StartTime, @IAmAliveTime
        FROM moved
        RETURNING 1)
    SELECT count(*) FROM inserted;
');

INSERT INTO OrleansQuery VALUES ('UpdateMembershipKey', '
    WITH moved AS (
        UPDATE OrleansMembershipVersionTable SET Version = Version + 1, Timestamp = now()
        WHERE DeploymentId = @DeploymentId AND Version = @Version AND EXISTS (
            SELECT 1 FROM OrleansMembershipTable
            WHERE DeploymentId = @DeploymentId AND Address = @Address AND Port = @Port AND Generation = @Generation)
        RETURNING 1),
    updated AS (
        UPDATE OrleansMembershipTable m
        SET Status = @Status, SuspectTimes = @SuspectTimes, IAmAliveTime = greatest(m.IAmAliveTime, @IAmAliveTime)
        FROM moved
        WHERE m.DeploymentId = @DeploymentId AND m.Address = @Address AND m.Port = @Port AND m.Generation = @Generation
        RETURNING 1)
    SELECT count(*) FROM updated;
');

INSERT INTO OrleansQuery VALUES ('UpdateIAmAlivetimeKey', '
    UPDATE OrleansMembershipTable SET IAmAliveTime = @IAmAliveTime
    WHERE DeploymentId = @DeploymentId AND Address = @Address AND Port = @Port AND Generation = @Generation;
');

INSERT INTO OrleansQuery VALUES ('GatewaysQueryKey', '
    SELECT Address, ProxyPort, Generation FROM OrleansMembershipTable
    WHERE DeploymentId = @DeploymentId AND Status = @Status AND ProxyPort > 0;
');

INSERT INTO OrleansQuery VALUES ('MembershipReadRowKey', '
    SELECT v.DeploymentId, m.Address, m.Port, m.Generation, m.SiloName, m.HostName, m.Status, m.ProxyPort,
           m.SuspectTimes, m.StartTime, m.IAmAliveTime, v.Version
    FROM OrleansMembershipVersionTable v
    LEFT JOIN OrleansMembershipTable m
           ON m.DeploymentId = v.DeploymentId AND m.Address = @Address AND m.Port = @Port AND m.Generation = @Generation
    WHERE v.DeploymentId = @DeploymentId;
');

INSERT INTO OrleansQuery VALUES ('MembershipReadAllKey', '
    SELECT v.DeploymentId, m.Address, m.Port, m.Generation, m.SiloName, m.HostName, m.Status, m.ProxyPort,
           m.SuspectTimes, m.StartTime, m.IAmAliveTime, v.Version
    FROM OrleansMembershipVersionTable v
    LEFT JOIN OrleansMembershipTable m ON m.DeploymentId = v.DeploymentId
    WHERE v.DeploymentId = @DeploymentId;
');

INSERT INTO OrleansQuery VALUES ('DeleteMembershipTableEntriesKey', '
    WITH silos AS (DELETE FROM OrleansMembershipTable WHERE DeploymentId = @DeploymentId)
    DELETE FROM OrleansMembershipVersionTable WHERE DeploymentId = @DeploymentId;
');

-- Only dead silos: one that is joining or leaving still counts in the cluster, however old its last heartbeat is.
INSERT INTO OrleansQuery VALUES ('CleanupDefunctSiloEntriesKey', '
    DELETE FROM OrleansMembershipTable
    WHERE DeploymentId = @DeploymentId AND StartTime < @IAmAliveTime AND IAmAliveTime < @IAmAliveTime AND Status = 6;
');

-- Grain states ----------------------------------------------------------------------------------------------------

CREATE TABLE GrainState (
    Grain   text COLLATE "C" NOT NULL,
    Name    text COLLATE "C" NOT NULL,
    Version bigint           NOT NULL,
    Payload bytea            NULL,
    PRIMARY KEY (Grain, Name)
);

-- Contents: the bytes of blobs and of checkpoints, in chunks --------------------------------------------------------

CREATE TABLE Content (
    Id     bigint NOT NULL GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    Hash   text   NOT NULL,
    Length bigint NOT NULL
);

CREATE TABLE ContentChunk (
    Content bigint NOT NULL REFERENCES Content ON DELETE CASCADE,
    Part    int    NOT NULL,
    Bytes   bytea  NOT NULL,
    PRIMARY KEY (Content, Part)
);

-- Weights do not compress; trying would only cost time.
ALTER TABLE ContentChunk ALTER COLUMN Bytes SET STORAGE EXTERNAL;

CREATE TABLE Blob (
    Name    text   COLLATE "C" NOT NULL PRIMARY KEY,
    Content bigint NOT NULL REFERENCES Content
);

CREATE TABLE Checkpoint (
    Trial   text   COLLATE "C" NOT NULL,
    Fence   bigint NOT NULL,
    Epoch   int    NOT NULL,
    Batch   int    NOT NULL,
    Content bigint NOT NULL REFERENCES Content,
    PRIMARY KEY (Trial, Fence, Epoch, Batch)
);

-- Deleting a content needs a lookup of its owners.
CREATE INDEX BlobContent ON Blob (Content);
CREATE INDEX CheckpointContent ON Checkpoint (Content);
