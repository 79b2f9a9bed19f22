using System.CommandLine;
using System.Text.Json.Serialization;
using Siamese.Client.CommandLine;
using Siamese.Client.Outcomes;
using Siamese.Client.Words;
using Siamese.Contracts.Access;

namespace Siamese.Client.Commands.Keys;

/// <summary>`keys list`: lists every key, without secrets.</summary>
internal sealed class KeyListing(Surroundings surroundings, CommonOptions common)
{
    public Command Describe()
    {
        var command = new Command("list", "List the keys, revoked ones too, the newest first.");
        command.SetAction(Run);
        return command;
    }

    private async Task<int> Run(ParseResult line)
    {
        var format = common.Format(line);
        await using var calls = surroundings.To(common.Cluster(line));
        var keys = await calls.Make((cluster, token) => cluster.Keys.List(token), surroundings.End);
        var now = surroundings.Clock.GetUtcNow();
        surroundings.Terminal.Answer(
            format, new KeysDocument([.. keys.Select(key => KeysDocument.Listed.Of(key, now))]), KeysJson.Default.KeysDocument, console => KeyReport.Write(console, keys, now));
        return ExitCode.Done;
    }
}

/// <summary>Every key, the newest first.</summary>
internal sealed record KeysDocument(IReadOnlyList<KeysDocument.Listed> Keys)
{
    /// <summary>One key.</summary>
    /// <param name="Id">Its id, which the key itself contains.</param>
    /// <param name="Name">Its name.</param>
    /// <param name="Caller">What those who use it are called in the audit log and in feedback.</param>
    /// <param name="May">What may be done with it.</param>
    /// <param name="PerMinute">Number of requests that are answered in a minute.</param>
    /// <param name="IsValid">Whether it can be used: it was not revoked and has not expired.</param>
    /// <param name="MadeAt">When it was added.</param>
    /// <param name="MadeBy">Who added it.</param>
    /// <param name="Until">When it expires; null for never.</param>
    /// <param name="LastUsedAt">When it was last used; null for never.</param>
    /// <param name="RevokedAt">When it was revoked; null if it was not.</param>
    internal sealed record Listed(
        string Id, string Name, string Caller, string May, int PerMinute, bool IsValid,
        DateTimeOffset MadeAt, string? MadeBy, DateTimeOffset? Until, DateTimeOffset? LastUsedAt, DateTimeOffset? RevokedAt)
    {
        public static Listed Of(ApiKey key, DateTimeOffset now) => new(
            key.Id, key.Name, key.Caller, Word.Of(key.Role), key.PerMinute, key.IsValid(now), key.MadeAt, key.MadeBy, key.Until, key.LastUsedAt, key.RevokedAt);
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(KeysDocument))]
internal sealed partial class KeysJson : JsonSerializerContext;
