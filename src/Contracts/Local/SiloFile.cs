using System.Net;
using System.Text.Json;
using Siamese.Contracts.Data;

namespace Siamese.Contracts.Local;

/// <summary>
/// The file `silo.json` in the data folder, through which the client finds the local silo. The silo writes it when it is
/// ready to serve and whenever <see cref="Busy"/> changes, and removes it when it stops.
/// </summary>
public sealed record SiloFile
{
    private const int MaximumBytes = 1_000_000;

    public required int Pid { get; init; }

    /// <summary>Start of the process in clock ticks since boot (`/proc/PID/stat`), to detect a reused pid; 0 if unknown.</summary>
    public long StartTicks { get; init; }

    public required int SiloPort { get; init; }
    public required int GatewayPort { get; init; }

    /// <summary>Port of the HTTP API; null in files of earlier builds.</summary>
    public int? HttpPort { get; init; }

    public required string ClusterId { get; init; }
    public required int Slots { get; init; }

    /// <summary>See <see cref="SiloBuild"/>.</summary>
    public required string Build { get; init; }

    /// <summary>What its clients have to know, in hexadecimal digits; null in files of earlier builds.</summary>
    public string? Secret { get; init; }

    /// <summary>Ids of the unfinished sweeps; an idle silo has none.</summary>
    public string[] Busy { get; init; } = [];

    /// <summary>The path of the file in a data folder.</summary>
    public static string PathIn(string home) => Path.Combine(home, "silo.json");

    /// <summary>Whether a silo can have written it: somebody may have edited it.</summary>
    private bool IsUsable => Pid > 0 && IsPort(SiloPort) && IsPort(GatewayPort) && !string.IsNullOrEmpty(ClusterId) && Build is not null && Busy is not null && !Busy.Contains(null);

    /// <summary>Reads the file of a data folder; null if it is missing, incomplete or wrong.</summary>
    public static SiloFile? TryRead(string home)
    {
        try
        {
            return RegularFile.Read(PathIn(home), MaximumBytes) is { } bytes && JsonSerializer.Deserialize<SiloFile>(bytes) is { } read && read.IsUsable ? read : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static bool IsPort(int port) => port is >= IPEndPoint.MinPort + 1 and <= IPEndPoint.MaxPort;

    /// <summary>Writes the file in one step: a reader sees the old one or the new one.</summary>
    public void Write(string home)
    {
        var partial = PathIn(home) + $".{Pid}";
        using (var file = PrivateFolder.CreateFile(partial))
            JsonSerializer.Serialize(file, this);
        File.Move(partial, PathIn(home), overwrite: true);
    }
}
