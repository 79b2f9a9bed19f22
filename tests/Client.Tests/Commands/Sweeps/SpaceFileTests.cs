using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Siamese.Client.Commands.Sweeps;
using Siamese.Contracts;
using Siamese.Contracts.Tuning;

namespace Siamese.Client.Tests.Commands.Sweeps;

public sealed class SpaceFileTests : IDisposable
{
    private static readonly JsonSerializerOptions _indented = new() { WriteIndented = true };

    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void A_file_has_values_ranges_and_conditions()
    {
        var space = Read(
            """
            {
              "$schema": "search-space.schema.json",
              "loss": ["contrastive", "nt-xent"], // Both
              "embeddingSize": { "values": [16, 32] },
              "learningRate": { "low": 1e-4, "high": 1e-2, "log": true },
              "margin": { "low": 0.5, "high": 5, "when": { "loss": ["contrastive", "triplet"], "encoder": "conv" } },
              "epochs": 20,
              "normalize": true,
            }
            """);

        Assert.Equal(
            ["loss: contrastive, nt-xent", "embedding-size: 16, 32", "learning-rate: log:0.0001..0.01", "margin: 0.5..5 when loss: contrastive, triplet; encoder: conv", "epochs: 20", "normalize: on"],
            space.Dimensions.Select(Text));
    }

    [Theory]
    [InlineData("{ \"margin\": }", "is not valid JSON")]
    [InlineData("[]", "the search space is not an object with hyperparameters as keys.")]
    [InlineData("{ \"margins\": 1 }", "margins is not a hyperparameter; choose from encoder, backbone, inputSize, colour, fit, points, resample, context, pooling, vectorWidth, hiddenLayers, hiddenSize, embeddingSize,")]
    [InlineData("{ \"margin\": 1, \"margin\": 2 }", "margin is stated twice.")]
    [InlineData("{ \"margin\": null }", "margin contains null, which is neither a number nor a word.")]
    [InlineData("{ \"margin\": [] }", "--margins: the list is empty.")]
    [InlineData("{ \"margin\": { \"low\": 1 } }", "margin.high is missing or not a number.")]
    [InlineData("{ \"margin\": { \"low\": 1, \"high\": 2, \"values\": [1] } }", "margin needs either values, or low and high.")]
    [InlineData("{ \"margin\": { \"from\": 1 } }", "margin.from is not one of values, low, high, log, zero, when.")]
    [InlineData("{ \"margin\": { \"low\": 1, \"high\": 2, \"log\": 1 } }", "margin.log is neither true nor false.")]
    [InlineData("{ \"margin\": { \"low\": 2, \"high\": 1 } }", "--margins: 2..1 does not go from a smaller number to a larger one.")]
    [InlineData("{ \"loss\": { \"low\": 1, \"high\": 2 } }", "--losses: 1..2 is a range, but its values are words; list them.")]
    [InlineData("{ \"margin\": { \"values\": [1], \"when\": 3 } }", "margin.when is not an object with the hyperparameters it depends on.")]
    [InlineData("{ \"loss\": { \"values\": [\"triplet\"], \"when\": { \"margin\": 1 } } }", "--losses cannot depend on margin; it can depend on what is chosen before it: encoder, backbone, input-size, colour, fit, points, resample, context, pooling, vector-width, hidden-layers, hidden-size, embedding-size, network, from, freeze.")]
    [InlineData("{ \"pairing\": \"all\" }", "--pairing: 'all' is not one of batch, listed, neighbours.")]
    public void Errors_name_the_file_and_the_place(string json, string sentence)
    {
        var message = Assert.Throws<BadInputException>(() => Read(json)).Message;
        Assert.StartsWith($"--space: {_path}", message, StringComparison.Ordinal);
        Assert.Contains(sentence, message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_example_of_the_readme_is_a_valid_space_file() =>
        Assert.Equal(3, SpaceFile.Read(Path.Combine(AppContext.BaseDirectory, "search-space.example.json")).Dimensions.Length);

    [Fact]
    public void A_missing_file_is_named() =>
        Assert.Contains("/no/such.json cannot be read", Assert.Throws<BadInputException>(() => SpaceFile.Read("/no/such.json")).Message, StringComparison.Ordinal);

    [Fact]
    public async Task Options_on_the_command_line_override_the_file()
    {
        await File.WriteAllTextAsync(_path, """{ "margin": [1, 2], "epochs": 3 }""");
        using var client = new ClientRun();
        client.Sweep.Answer(Some.Completed(Some.Trial()));
        Assert.Equal(0, await client.Run("sweep", "--space", _path, "--epochs", "5", "--search", "sobol", "--trials", "7", "--seed", "9"));

        var request = client.Sweep.Submitted!;
        Assert.Equal(["margin: 1, 2", "epochs: 5"], request.Space.Dimensions.Select(Text));
        Assert.Equal((SearchKind.Sobol, 7, 9), (request.Search, request.Points, request.SearchSeed));
    }

    [Fact]
    public void The_published_schema_matches_this_build()
    {
        var made = SpaceSchema.Make().ToJsonString(_indented) + "\n";
        if (Environment.GetEnvironmentVariable("SIAMESE_RECORD") == "1")
            File.WriteAllText(SchemaPath(), made);

        Assert.True(
            JsonNode.DeepEquals(JsonNode.Parse(made), JsonNode.Parse(File.ReadAllText(SchemaPath()))),
            "src/Client/search-space.schema.json does not describe the hyperparameters of this build; record it with SIAMESE_RECORD=1 dotnet test -c Release tests/Client.Tests --filter SpaceFile.");
    }

    private SearchSpace Read(string json)
    {
        File.WriteAllText(_path, json);
        return SpaceFile.Read(_path);
    }

    private static string Text(Dimension dimension)
    {
        var tried = dimension.Range is { } range ? $"{range}" : string.Join(", ", dimension.Values);
        var when = string.Join("; ", dimension.When.Select(condition => $"{condition.Hyperparameter}: {string.Join(", ", condition.Values)}"));
        return $"{dimension.Hyperparameter}: {tried}{(when.Length > 0 ? $" when {when}" : "")}";
    }

    private static string SchemaPath([CallerFilePath] string thisFile = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "../../../../src/Client/search-space.schema.json"));
}
