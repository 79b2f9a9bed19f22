using System.Collections.Immutable;
using Siamese.Client.Words;
using Siamese.Contracts.Access;
using Siamese.Contracts.Wording;
using Spectre.Console;

namespace Siamese.Client.Commands.Keys;

/// <summary>Prints keys for people.</summary>
internal static class KeyReport
{
    /// <summary>What may be done with a key, as the end of a sentence.</summary>
    public static string Rights(ApiKey key) =>
        $"{Word.Of(key.Role)}, {Figures.Of(key.PerMinute, "request")} a minute, {(key.Until is { } until ? $"until {Figures.Time(until)}" : "and does not expire")}";

    public static void Write(IAnsiConsole console, ImmutableArray<ApiKey> keys, DateTimeOffset now)
    {
        foreach (var key in keys)
        {
            console.WriteLine(
                $"{key.Name} (id {key.Id}){State(key, now)}: may {Rights(key)}; added {Figures.Time(key.MadeAt)}{(key.MadeBy is { } by ? $" by {by}" : "")}, "
                + (key.LastUsedAt is { } used ? $"last used {Figures.Time(used)}" : "never used"));
        }

        console.WriteLine(keys.IsEmpty
            ? "There are no keys; try: client keys add NAME --may ask"
            : $"{Figures.Of(keys.Length, "key")}, {Figures.Count(keys.Count(key => key.IsValid(now)))} of them valid");
    }

    private static string State(ApiKey key, DateTimeOffset now) => key switch
    {
        { RevokedAt: { } revoked } => $", revoked {Figures.Time(revoked)}",
        _ when !key.IsValid(now) => ", expired",
        _ => "",
    };
}
