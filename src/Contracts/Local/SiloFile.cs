using System.Text.Json;

namespace Siamese.Contracts.Local;

/// <summary>
/// The file `silo.json` in the data folder, through which the client finds the local silo. The silo writes it when it is
/// ready to serve and whenever <see cref="Busy"/> changes, and removes it when it stops.
/// </summary>
public sealed record SiloFile
{
    public required int Pid { get; init; }

    /// <summary>Start of the process in clock ticks since boot (`/proc/PID/stat`), to detect a reused pid; 0 if unknown.</summary>
    public long StartTicks { get; init; }

    public required int SiloPort { get; init; }
    public required int GatewayPort { get; init; }
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

    /// <summary>Reads the file of a data folder; null if it is missing or incomplete.</summary>
    public static SiloFile? TryRead(string home)
    {
        try
        {
            return JsonSerializer.Deserialize<SiloFile>(File.ReadAllText(PathIn(home)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Writes the file in one step: a reader sees the old one or the new one.</summary>
    public void Write(string home)
    {
        var partial = PathIn(home) + $".{Pid}";
        using (var file = PrivateFolder.CreateFile(partial))
            JsonSerializer.Serialize(file, this);
        File.Move(partial, PathIn(home), overwrite: true);
    }
}
