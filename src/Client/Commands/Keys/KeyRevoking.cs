using System.CommandLine;
using System.Text.Json.Serialization;
using Siamese.Client.CommandLine;
using Siamese.Client.Outcomes;
using Siamese.Contracts;
using Siamese.Contracts.Access;
using Siamese.Contracts.Wording;
using Spectre.Console;

namespace Siamese.Client.Commands.Keys;

/// <summary>`keys revoke NAME|ID`: takes a key back.</summary>
internal sealed class KeyRevoking(Surroundings surroundings, CommonOptions common)
{
    private readonly Argument<string> _key = new("NAME|ID") { Description = "Name or id of the key." };

    public Command Describe()
    {
        var command = new Command("revoke", "Revoke a key. Requests with it are refused after 2 minutes at most.") { _key };
        command.SetAction(Run);
        return command;
    }

    private async Task<int> Run(ParseResult line)
    {
        var (format, choice, stated) = (common.Format(line), common.Cluster(line), line.GetRequiredValue(_key));
        await using var calls = surroundings.To(choice);
        // Find the key first: a call that is repeated because its answer was lost could meet a later key with the same name.
        var keys = await calls.Make((cluster, token) => cluster.Keys.List(token), surroundings.End);
        if (ApiKey.Find(keys, stated) is not { } key || !await calls.Make((cluster, token) => cluster.Keys.Revoke(key.Id, token), surroundings.End))
            throw new BadInputException($"There is no key '{stated}'; `client keys list` lists all keys.");
        surroundings.Terminal.Answer(
            format, new RevokedKeyDocument(key.Id, key.Name, WasValid: key.RevokedAt is null), RevokedKeyJson.Default.RevokedKeyDocument,
            console => console.WriteLine(key.RevokedAt is { } before
                ? $"Key {key.Name} (id {key.Id}) was already revoked at {Figures.Time(before)}."
                : $"Revoked key {key.Name} (id {key.Id}). Requests with it are refused within 2 minutes."));
        return ExitCode.Done;
    }
}

/// <summary>A key that `keys revoke` revoked.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="WasValid">Whether it had not been revoked before.</param>
internal sealed record RevokedKeyDocument(string Id, string Name, bool WasValid);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(RevokedKeyDocument))]
internal sealed partial class RevokedKeyJson : JsonSerializerContext;
