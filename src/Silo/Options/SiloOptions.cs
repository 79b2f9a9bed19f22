using Siamese.Contracts;
using Siamese.Contracts.Local;
using Siamese.Grains.Data;

namespace Siamese.Silo.Options;

/// <summary>Options of a silo, from the command line, else `SIAMESE_…` in the environment, else `appsettings.json`.</summary>
internal sealed class SiloOptions
{
    /// <summary>Number of trials to train at once. Default: the machine's cores.</summary>
    public int Slots { get; set; } = Environment.ProcessorCount;

    /// <summary>The data folder; not an option of the command line.</summary>
    public string Home { get; set; } = DataFolder.Find();

    /// <summary>Where state is kept: `sqlite:PATH` or `postgres:CONNECTION`. Default: `siamese.db` in the data folder.</summary>
    public string Store { get; set; } = $"sqlite:{Path.Combine(DataFolder.Find(), "siamese.db")}";

    /// <summary>Folder for blobs and checkpoints that all silos share. Default: empty, which means next to the SQLite file, or in PostgreSQL.</summary>
    public string Blobs { get; set; } = "";

    /// <summary>Folder on this machine that clients may name as data. Default: empty, none.</summary>
    public string DataRoot { get; set; } = "";

    /// <summary>Folder for the files of uploaded data sets. Default: `cache` in the data folder.</summary>
    public string Cache { get; set; } = new DataCacheOptions().Folder;

    /// <summary>Maximum gigabytes in the cache; the least recently used files are removed. Default: 10.</summary>
    public int CacheGb { get; set; } = 10;

    /// <summary>Address or name of this machine, where the silo listens and others reach it. Default: 127.0.0.1.</summary>
    public string Address { get; set; } = "127.0.0.1";

    /// <summary>Port for other silos; 0 takes a free one.</summary>
    public int SiloPort { get; set; } = ClusterNames.DefaultSiloPort;

    /// <summary>Port for clients; 0 takes a free one.</summary>
    public int GatewayPort { get; set; } = ClusterNames.DefaultGatewayPort;

    /// <summary>Port of the health endpoints; 0 takes a free one. Default: null, none.</summary>
    public int? HealthPort { get; set; }

    /// <summary>Port of the HTTP API; 0 takes a free one. Default: null, none; the local silo always has one.</summary>
    public int? Http { get; set; }

    /// <summary>Start of the paths of the HTTP API, for a proxy that leaves it there, such as `/siamese`. Default: none.</summary>
    public string HttpPath { get; set; } = "";

    /// <summary>Addresses or networks of proxies in front of the HTTP API, with commas between them. Default: none.</summary>
    public string HttpProxy { get; set; } = "";

    /// <summary>Address at which users reach this silo's web page, to which the pages of other silos link. Default: its own address, if it has no proxies.</summary>
    public string HttpUrl { get; set; } = "";

    /// <summary>Silos with the same id and store form one cluster.</summary>
    public string ClusterId { get; set; } = ClusterNames.DefaultClusterId;

    /// <summary>PEM file of the silo's certificate; requires <see cref="TlsKey"/> and <see cref="TlsAuthority"/>. Default: none.</summary>
    public string? TlsCertificate { get; set; }

    /// <summary>PEM file of its private key.</summary>
    public string? TlsKey { get; set; }

    /// <summary>PEM file of the authority that issued the certificates of all silos and clients.</summary>
    public string? TlsAuthority { get; set; }

    /// <summary>File with the serial numbers of certificates that are no longer accepted. Default: none.</summary>
    public string? TlsDenied { get; set; }

    /// <summary>Whether to allow connections beyond loopback without TLS.</summary>
    public bool Insecure { get; set; }

    /// <summary>Whether to allow a database on another machine without TLS that verifies it.</summary>
    public bool InsecureStore { get; set; }

    /// <summary>`otlp` sends traces, metrics and the log to a collector; `console` writes traces and metrics to the console; `none` is the default.</summary>
    public string Telemetry { get; set; } = "none";

    /// <summary>Whether it is the local silo of this user's client: it uses free ports, and a file through which the client finds it.</summary>
    public bool Local { get; set; }

    /// <summary>Seconds without an unfinished sweep and without a client after which it stops. Default: 0, never.</summary>
    public int IdleExit { get; set; }
}
