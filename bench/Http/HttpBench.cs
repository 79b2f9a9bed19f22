using System.Net.Http.Headers;
using System.Text.Json;
using Siamese.Bench.Reports;
using Siamese.Bench.Verdict;
using Siamese.Contracts.Data;
using Siamese.Contracts.Ensembles;
using Siamese.Model.Data;
using Siamese.Model.Data.Images;

namespace Siamese.Bench.Http;

/// <summary>
/// Verdicts over HTTP against the same verdicts through a client's connection, on loopback, in turn: one pair of test digits as
/// PNG files per call.
/// </summary>
internal static class HttpBench
{
    private const int Members = 5;
    private const int Pairs = 256;
    private const int Callers = 32;
    private const int Rounds = 9;
    private static readonly TimeSpan _window = TimeSpan.FromSeconds(1);

    public static async IAsyncEnumerable<Figure> Run(BenchOptions options)
    {
        var (rounds, window) = options.Size((Rounds, _window), smoke: (1, TimeSpan.FromMilliseconds(50)));
        var callers = options.Size(Callers, smoke: 2);
        Console.Error.WriteLine("http: training members");
        var test = DataSets.Open(new DataSource(), ImageShape.Digits, CancellationToken.None).Test.Images;
        byte[][] images = [.. Enumerable.Range(0, 2 * Pairs).Select(i => PngWriter.Write(test[i], ImageShape.Digits))];
        ImageFile[] files = [.. images.Select((image, i) => new ImageFile($"{i}.png", [.. image]))];
        byte[][] bodies = [.. Enumerable.Range(0, Pairs).Select(i => Body(images[i], images[Pairs + i]))];
        await using var silo = await TrainedSilo.Start(Members);
        var grain = silo.Verdicts(Members);
        using var http = new HttpClient { BaseAddress = silo.Http };

        Console.Error.WriteLine("http: one caller");
        var (direct, over) = await InTurn(1);
        yield return Figure.Of("http.direct.p50_ms", "ms", direct.Select(load => load.Median));
        yield return Figure.Of("http.p50_ms", "ms", over.Select(load => load.Median));
        yield return Figure.Of("http.added_ms", "ms", over.Zip(direct, (a, b) => a.Median - b.Median));
        Console.Error.WriteLine($"http: {callers} callers");
        (direct, over) = await InTurn(callers);
        yield return Figure.Of("http.direct.per_second", "verdicts/s", direct.Select(load => load.PerSecond));
        yield return Figure.Of("http.per_second", "verdicts/s", over.Select(load => load.PerSecond));
        yield return Figure.Ratio("http.vs_direct", [.. over.Select(load => load.PerSecond)], [.. direct.Select(load => load.PerSecond)]);

        async Task<(List<Load> Direct, List<Load> Over)> InTurn(int atOnce)
        {
            var (ofGrain, ofHttp) = (new List<Load>(), new List<Load>());
            for (var round = -1; round < rounds; round++)
            {
                var asked = await Load.Measure(atOnce, window, Ask);
                var posted = await Load.Measure(atOnce, window, Post);
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

    private static byte[] Body(byte[] first, byte[] second) =>
        JsonSerializer.SerializeToUtf8Bytes(new { first = new { data = first }, second = new { data = second }, ensemble = TrainedSilo.Name(Members) });
}
