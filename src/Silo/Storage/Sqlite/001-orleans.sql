-- Tables for Orleans' ADO.NET clustering and grain storage, and the statements that its providers read by key.
-- Every write is a single statement, and therefore atomic without a transaction that a pooled connection could leave open.

CREATE TABLE OrleansQuery (
    QueryKey  TEXT NOT NULL PRIMARY KEY,
    QueryText TEXT NOT NULL
);

-- Membership ------------------------------------------------------------------------------------------------------

CREATE TABLE OrleansMembershipVersionTable (
    DeploymentId TEXT     NOT NULL PRIMARY KEY,
    Timestamp    DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    Version      INT      NOT NULL DEFAULT 0
);

CREATE TABLE OrleansMembershipTable (
    DeploymentId TEXT     NOT NULL,
    Address      TEXT     NOT NULL,
    Port         INT      NOT NULL,
    Generation   INT      NOT NULL,
    SiloName     TEXT     NOT NULL,
    HostName     TEXT     NOT NULL,
    Status       INT      NOT NULL,
    ProxyPort    INT      NULL,
    SuspectTimes TEXT     NULL,
    StartTime    DATETIME NOT NULL,
    IAmAliveTime DATETIME NOT NULL,
    PRIMARY KEY (DeploymentId, Address, Port, Generation)
);

-- A new row or a changed status increments the table's version in the same statement. A heartbeat does not.
CREATE TRIGGER OrleansMembershipInserted AFTER INSERT ON OrleansMembershipTable BEGIN
    UPDATE OrleansMembershipVersionTable SET Version = Version + 1, Timestamp = CURRENT_TIMESTAMP
    WHERE DeploymentId = NEW.DeploymentId;
END;

CREATE TRIGGER OrleansMembershipUpdated AFTER UPDATE OF Status, SuspectTimes ON OrleansMembershipTable BEGIN
    UPDATE OrleansMembershipVersionTable SET Version = Version + 1, Timestamp = CURRENT_TIMESTAMP
    WHERE DeploymentId = NEW.DeploymentId;
END;

INSERT INTO OrleansQuery VALUES ('InsertMembershipVersionKey', '
    INSERT OR IGNORE INTO OrleansMembershipVersionTable (DeploymentId) VALUES (@DeploymentId);
    SELECT changes();
');

INSERT INTO OrleansQuery VALUES ('InsertMembershipKey', '
    INSERT OR IGNORE INTO OrleansMembershipTable
        (DeploymentId, Address, Port, Generation, SiloName, HostName, Status, ProxyPort, StartTime, IAmAliveTime)
    SELECT @DeploymentId, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, @StartTime, @IAmAliveTime
    WHERE EXISTS (SELECT 1 FROM OrleansMembershipVersionTable WHERE DeploymentId = @DeploymentId AND Version = @Version);
    SELECT changes();
');

INSERT INTO OrleansQuery VALUES ('UpdateMembershipKey', '
    UPDATE OrleansMembershipTable
    SET Status = @Status, SuspectTimes = @SuspectTimes, IAmAliveTime = @IAmAliveTime
    WHERE DeploymentId = @DeploymentId AND Address = @Address AND Port = @Port AND Generation = @Generation
      AND EXISTS (SELECT 1 FROM OrleansMembershipVersionTable WHERE DeploymentId = @DeploymentId AND Version = @Version);
    SELECT changes();
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
    DELETE FROM OrleansMembershipTable WHERE DeploymentId = @DeploymentId;
    DELETE FROM OrleansMembershipVersionTable WHERE DeploymentId = @DeploymentId;
');

INSERT INTO OrleansQuery VALUES ('CleanupDefunctSiloEntriesKey', '
    DELETE FROM OrleansMembershipTable
    WHERE DeploymentId = @DeploymentId AND IAmAliveTime < @IAmAliveTime AND Status <> 3;
');

-- Grain storage ---------------------------------------------------------------------------------------------------

CREATE TABLE OrleansStorage (
    GrainIdHash            INT      NOT NULL,
    GrainIdN0              BIGINT   NOT NULL,
    GrainIdN1              BIGINT   NOT NULL,
    GrainTypeHash          INT      NOT NULL,
    GrainTypeString        TEXT     NOT NULL,
    GrainIdExtensionString TEXT     NULL,
    ServiceId              TEXT     NOT NULL,
    PayloadBinary          BLOB     NULL,
    ModifiedOn             DATETIME NOT NULL,
    Version                INT      NOT NULL
);

-- Hashes first: they find the row; the rest only resolves collisions.
CREATE UNIQUE INDEX OrleansStorageKey ON OrleansStorage (
    GrainIdHash, GrainTypeHash, GrainIdN0, GrainIdN1, GrainTypeString, coalesce(GrainIdExtensionString, ''), ServiceId
);

-- A row with the given version is updated and its version incremented; without a version, a row is inserted if there is
-- none. Anything else changes nothing and returns the caller's version, which shows the caller that it lost the race.
INSERT INTO OrleansQuery VALUES ('WriteToStorageKey', '
    INSERT INTO OrleansStorage
        (GrainIdHash, GrainIdN0, GrainIdN1, GrainTypeHash, GrainTypeString, GrainIdExtensionString, ServiceId,
         PayloadBinary, ModifiedOn, Version)
    SELECT @GrainIdHash, @GrainIdN0, @GrainIdN1, @GrainTypeHash, @GrainTypeString, @GrainIdExtensionString, @ServiceId,
           @PayloadBinary, CURRENT_TIMESTAMP, coalesce(@GrainStateVersion, 0) + 1
    WHERE @GrainStateVersion IS NULL OR EXISTS (
        SELECT 1 FROM OrleansStorage
        WHERE GrainIdHash = @GrainIdHash AND GrainTypeHash = @GrainTypeHash
          AND GrainIdN0 = @GrainIdN0 AND GrainIdN1 = @GrainIdN1 AND GrainTypeString = @GrainTypeString
          AND coalesce(GrainIdExtensionString, '''') = coalesce(@GrainIdExtensionString, '''')
          AND ServiceId = @ServiceId)
    ON CONFLICT DO UPDATE
        SET PayloadBinary = excluded.PayloadBinary, ModifiedOn = excluded.ModifiedOn, Version = excluded.Version
        WHERE Version = @GrainStateVersion;
    SELECT CASE WHEN changes() > 0 THEN coalesce(@GrainStateVersion, 0) + 1 ELSE @GrainStateVersion END AS NewGrainStateVersion;
');

INSERT INTO OrleansQuery VALUES ('ReadFromStorageKey', '
    SELECT PayloadBinary, Version FROM OrleansStorage
    WHERE GrainIdHash = @GrainIdHash AND GrainTypeHash = @GrainTypeHash
      AND GrainIdN0 = @GrainIdN0 AND GrainIdN1 = @GrainIdN1 AND GrainTypeString = @GrainTypeString
      AND coalesce(GrainIdExtensionString, '''') = coalesce(@GrainIdExtensionString, '''')
      AND ServiceId = @ServiceId;
');

-- The row stays, without its payload: its version keeps counting, so that a late writer still loses.
INSERT INTO OrleansQuery VALUES ('ClearStorageKey', '
    UPDATE OrleansStorage SET PayloadBinary = NULL, ModifiedOn = CURRENT_TIMESTAMP, Version = Version + 1
    WHERE GrainIdHash = @GrainIdHash AND GrainTypeHash = @GrainTypeHash
      AND GrainIdN0 = @GrainIdN0 AND GrainIdN1 = @GrainIdN1 AND GrainTypeString = @GrainTypeString
      AND coalesce(GrainIdExtensionString, '''') = coalesce(@GrainIdExtensionString, '''')
      AND ServiceId = @ServiceId AND Version = @GrainStateVersion;
    SELECT CASE WHEN changes() > 0 THEN @GrainStateVersion + 1 ELSE @GrainStateVersion END AS NewGrainStateVersion;
');
