-- Grain states in our own table, written in groups; Orleans' ADO.NET provider commits each write by itself.

CREATE TABLE GrainState (
    Grain   TEXT NOT NULL,
    Name    TEXT NOT NULL,
    Version INT  NOT NULL,
    Payload BLOB NULL,
    PRIMARY KEY (Grain, Name)
);

-- The states of earlier builds: each type of grain has one state, named after the type. The provider stored a key that parses
-- as a number in N1, and a key that parses as a GUID (such as every trial's) in the halves of the GUID's bytes. A name of
-- hexadecimal digits comes back in lower case and without leading zeros: its original spelling is lost.
INSERT INTO GrainState (Grain, Name, Version, Payload)
SELECT GrainTypeString || '/' || CASE
           WHEN GrainIdExtensionString IS NOT NULL THEN GrainIdExtensionString
           WHEN GrainIdN0 = 0 THEN printf('%x', GrainIdN1)
           ELSE printf(
               '%08x%04x%04x%02x%02x%02x%02x%02x%02x%02x%02x',
               GrainIdN0 & 0xFFFFFFFF, (GrainIdN0 >> 32) & 0xFFFF, (GrainIdN0 >> 48) & 0xFFFF,
               GrainIdN1 & 0xFF, (GrainIdN1 >> 8) & 0xFF, (GrainIdN1 >> 16) & 0xFF, (GrainIdN1 >> 24) & 0xFF,
               (GrainIdN1 >> 32) & 0xFF, (GrainIdN1 >> 40) & 0xFF, (GrainIdN1 >> 48) & 0xFF, (GrainIdN1 >> 56) & 0xFF)
       END,
       GrainTypeString, Version, PayloadBinary
FROM OrleansStorage;

DROP TABLE OrleansStorage;
DELETE FROM OrleansQuery WHERE QueryKey IN ('WriteToStorageKey', 'ReadFromStorageKey', 'ClearStorageKey');
