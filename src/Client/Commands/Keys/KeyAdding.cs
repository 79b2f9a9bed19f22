using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Serialization;
using Siamese.Client.CommandLine;
using Siamese.Client.Outcomes;
using Siamese.Client.Words;
using Siamese.Contracts;
using Siamese.Contracts.Access;
using Siamese.Contracts.Wording;

namespace Siamese.Client.Commands.Keys;

/// <summary>`keys add NAME`: makes a key and prints it, the only time that its secret is shown.</summary>
internal sealed class KeyAdding(Surroundings surroundings, CommonOptions common)
{
    private const int IdLength = 12;

    private readonly Argument<string> _name = new("NAME") { Description = "Name for the key, such as that of the program that will use it." };
    private readonly Option<string?> _may = new("--may") { HelpName = string.Join('|', Word.All<Role>()), Description = "What may be done with the key; each includes those before it." };
    private readonly Option<string?> _until = new("--until") { HelpName = "DATE", Description = "When the key expires, such as 2030-01-31 or 2030-01-31T18:00Z; UTC if not stated. [default: never]" };
    private readonly Option<string?> _perMinute = new("--per-minute") { HelpName = "N", Description = "Number of requests to answer in a minute. [default: 6000]" };

    public Command Describe()
    {
        var command = new Command("add", "Add a key and print it. Its secret is not shown again.") { _name, _may, _until, _perMinute };
        command.SetAction(Run);
        return command;
    }

    private async Task<int> Run(ParseResult line)
    {
        var (format, choice, request) = (common.Format(line), common.Cluster(line), Request(line));
        await using var calls = surroundings.To(choice);
        var (text, key) = await calls.Make((cluster, token) => cluster.Keys.Add(request, token), surroundings.End);
        surroundings.Terminal.Answer(
            format, new NewKeyDocument(text, key.Id, key.Name, Word.Of(key.Role), key.Until, key.PerMinute), NewKeyJson.Default.NewKeyDocument,
            _ => surroundings.Terminal.Out.WriteLine(text));
        await surroundings.Terminal.Error.WriteLineAsync(
            $"Key {key.Name} (id {key.Id}) may {KeyReport.Rights(key)}. Its secret is not shown again: keep it where only the program that uses it can read it. "
            + $"If it gets lost or known, take it back: client keys revoke {ShellWord.Of(key.Name)}");
        return ExitCode.Done;
    }

    private ApiKeyRequest Request(ParseResult line)
    {
        var may = line.GetValue(_may) ?? throw new BadInputException($"{_may.Name}: say what may be done with the key, one of {string.Join(", ", Word.All<Role>())}.");
        // A call that is repeated because its answer was lost has the same id, so that it adds no second key.
        var id = RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyz0123456789", IdLength);
        var request = new ApiKeyRequest(id, line.GetRequiredValue(_name), Word.Read<Role>(_may.Name, may)) { Until = line.GetValue(_until) is { } until ? Date(until) : null };
        if (line.GetValue(_perMinute) is { } perMinute)
            request = request with { PerMinute = Numbers.Whole(_perMinute.Name, perMinute) };
        OptionNames.Check(request.Check);
        return request;
    }

    private DateTimeOffset Date(string text) =>
        DateTimeOffset.TryParseExact(
            text, ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var date)
            ? date
            : throw new BadInputException($"{_until.Name}: '{text}' is not a date; write 2030-01-31 or 2030-01-31T18:00Z.");
}

/// <summary>A key that was added.</summary>
/// <param name="Key">The key as its holder presents it, with its secret.</param>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="May">What may be done with it.</param>
/// <param name="Until">When it expires; null for never.</param>
/// <param name="PerMinute">Number of requests that are answered in a minute.</param>
internal sealed record NewKeyDocument(string Key, string Id, string Name, string May, DateTimeOffset? Until, int PerMinute);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(NewKeyDocument))]
internal sealed partial class NewKeyJson : JsonSerializerContext;
