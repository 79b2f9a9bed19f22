using System.Collections.Immutable;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Siamese.Bench.Reports;
using Siamese.Bench.Verdict;
using Siamese.Contracts.Data;
using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Pairs;
using Siamese.Model.Data;
using Siamese.Model.Data.Images;

namespace Siamese.Bench.Http;

/// <summary>
/// Verdicts over HTTP against the same verdicts through a client's connection, on loopback, in turn: one pair of test digits as
/// PNG files per call, and many.
/// </summary>
internal static class HttpBench
{
    private const int Members = 5;
    private const int Pairs = 256;
    private const int Callers = 32;

    /// <summary>Calls with many pairs that a client makes at once.</summary>
    private const int BulkCallers = 4;

    private const int Rounds = 9;
    private static readonly TimeSpan _window = TimeSpan.FromSeconds(1);
    private static readonly ImmutableArray<PairOfImages> _all = [.. Enumerable.Range(0, Pairs).Select(i => new PairOfImages(i, Pairs + i))];

    public static async IAsyncEnumerable<Figure> Run(BenchOptions options)
    {
        var (rounds, window) = options.Size((Rounds, _window), smoke: (1, TimeSpan.FromMilliseconds(50)));
        var callers = options.Size(Callers, smoke: 2);
        Console.Error.WriteLine("http: training members");
        var test = DataSets.Open(new DataSource(), ImageShape.Digits, CancellationToken.None).Test.Images;
        byte[][] images = [.. Enumerable.Range(0, 2 * Pairs).Select(i => PngWriter.Write(test[i], ImageShape.Digits))];
        ImageFile[] files = [.. images.Select((image, i) => new ImageFile($"{i}.png", [.. image]))];
        byte[][] bodies = [.. Enumerable.Range(0, Pairs).Select(i => Body(images[i], images[Pairs + i]))];
        var batch = Batch(images);
        await using var silo = await TrainedSilo.Start(Members);
        var grain = silo.Verdicts(Members);
        using var http = new HttpClient { BaseAddress = silo.Http };

        Console.Error.WriteLine("http: one caller");
        var (direct, over) = await InTurn(1, Ask, Post);
        yield return Figure.Of("http.direct.p50_ms", "ms", direct.Select(load => load.Median));
        yield return Figure.Of("http.p50_ms", "ms", over.Select(load => load.Median));
        yield return Figure.Of("http.added_ms", "ms", over.Zip(direct, (a, b) => a.Median - b.Median));
        Console.Error.WriteLine($"http: {callers} callers");
        (direct, over) = await InTurn(callers, Ask, Post);
        yield return Figure.Of("http.direct.per_second", "verdicts/s", direct.Select(load => load.PerSecond));
        yield return Figure.Of("http.per_second", "verdicts/s", over.Select(load => load.PerSecond));
        yield return Figure.Ratio("http.vs_direct", [.. over.Select(load => load.PerSecond)], [.. direct.Select(load => load.PerSecond)]);

        Console.Error.WriteLine("http: many pairs per call");
        (direct, over) = await InTurn(options.Size(BulkCallers, smoke: 1), AskAll, PostAll);
        yield return Figure.Of("http.bulk.direct.per_second", "verdicts/s", direct.Select(load => load.PerSecond));
        yield return Figure.Of("http.bulk.per_second", "verdicts/s", over.Select(load => load.PerSecond));
        yield return Figure.Ratio("http.bulk.vs_direct", [.. over.Select(load => load.PerSecond)], [.. direct.Select(load => load.PerSecond)]);

        async Task<(List<Load> Direct, List<Load> Over)> InTurn(int atOnce, Func<int, Task<int>> byGrain, Func<int, Task<int>> byHttp)
        {
            var (ofGrain, ofHttp) = (new List<Load>(), new List<Load>());
            for (var round = -1; round < rounds; round++)
            {
                var asked = await Load.Measure(atOnce, window, byGrain);
                var posted = await Load.Measure(atOnce, window, byHttp);
                if (round < 0)
                    continue;
                ofGrain.Add(asked);
                ofHttp.Add(posted);
            }

            return (ofGrain, ofHttp);
        }

        async Task<int> Ask(int call)
        {
            await grain.Judge(files[call % Pairs], files[Pairs + (call % Pairs)], VerdictTerms.Default, CancellationToken.None);
            return 1;
        }

        async Task<int> AskAll(int call) => (await grain.JudgeAll([.. files], _all, VerdictTerms.Default, CancellationToken.None)).Count(answer => answer.Verdict is not null);

        async Task<int> PostAll(int call)
        {
            using var content = new ByteArrayContent(batch);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
            using var answer = await http.PostAsync($"verdicts/batch?ensemble={TrainedSilo.Name(Members)}", content);
            answer.EnsureSuccessStatusCode();
            var verdicts = 0;
            using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync());
            while (await lines.ReadLineAsync() is { } line)
            {
                using var one = JsonDocument.Parse(line);
                verdicts += one.RootElement.TryGetProperty("verdict", out _) ? 1 : 0;
            }

            return verdicts == Pairs ? verdicts : throw new InvalidOperationException($"{verdicts} of {Pairs} pairs have a verdict.");
        }

        async Task<int> Post(int call)
        {
            using var content = new ByteArrayContent(bodies[call % Pairs]);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            using var answer = await http.PostAsync("verdicts", content);
            answer.EnsureSuccessStatusCode();
            using var verdict = await JsonDocument.ParseAsync(await answer.Content.ReadAsStreamAsync());
            return verdict.RootElement.GetProperty("verdict").GetString() is not null ? 1 : 0;
        }
    }

    /// <summary>The lines of a batch: every image, and the first half of the images against the second.</summary>
    private static byte[] Batch(byte[][] images) => Encoding.UTF8.GetBytes(string.Concat(
    [
        .. images.Select((image, i) => JsonSerializer.Serialize(new { image = $"{i}", data = image }) + "\n"),
        .. _all.Select(pair => JsonSerializer.Serialize(new { pair = new[] { $"{pair.First}", $"{pair.Second}" } }) + "\n"),
    ]));

    private static byte[] Body(byte[] first, byte[] second) =>
        JsonSerializer.SerializeToUtf8Bytes(new { first = new { data = first }, second = new { data = second }, ensemble = TrainedSilo.Name(Members) });
}
