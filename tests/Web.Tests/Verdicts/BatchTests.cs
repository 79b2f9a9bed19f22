using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Pairs;
using Siamese.Web.Tests.Silos;

namespace Siamese.Web.Tests.Verdicts;

/// <summary>Many pairs in one request.</summary>
public sealed class BatchTests(ApiSilo silo) : IClassFixture<ApiSilo>, IDisposable
{
    private readonly HttpClient _http = silo.Connect();

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task Pairs_of_kept_and_sent_images_are_judged_in_their_order()
    {
        await silo.Train();
        var images = await silo.Images(20);
        PairOfImages[] pairs = [.. Enumerable.Range(0, 600).Select(i => new PairOfImages(i % 20, i * 7 % 20))];
        var expected = new List<PairVerdict>();
        foreach (var part in pairs.Chunk(IVerdictGrain.MaximumPairs))
            expected.AddRange(await silo.Grains.GetGrain<IVerdictGrain>(ApiSilo.Ensemble).JudgeAll([.. images], [.. part], VerdictTerms.Default, CancellationToken.None));
        var body = new StringBuilder();
        for (var i = 0; i < 20; i++)
            body.AppendLine(Keep($"i{i}", images[i]));
        foreach (var (i, pair) in pairs.Index())
            body.AppendLine(i % 50 == 0 ? Inline(images[pair.First], images[pair.Second]) : $$"""{"pair": ["i{{pair.First}}", "i{{pair.Second}}"]}""");

        var answers = await Judge(body.ToString(), "");

        Assert.Equal(Enumerable.Range(21, 600), answers.Select(answer => answer.GetProperty("line").GetInt32()));
        Assert.Equal(expected.Select(pair => pair.Verdict!.Distance), answers.Select(answer => answer.GetProperty("verdict").GetProperty("distance").GetDouble()), (one, other) => Math.Abs(one - other) < 1e-4);
        Assert.Equal(expected.Select(pair => pair.Verdict!.Id!.Split('.')[0]), answers.Select(answer => answer.GetProperty("verdict").GetProperty("id").GetString()!.Split('.')[0]));
    }

    [Fact]
    public async Task What_is_wrong_with_a_line_is_answered_in_its_place_and_the_others_are_judged()
    {
        await silo.Train();
        var images = await silo.Images(2);
        string[] lines =
        [
            Keep("a", images[0]), Keep("b", images[1]), "{", """{"pair": ["a", "c"]}""", """{"pair": ["a"]}""", """{"pair": ["a", "b"], "prior": 0.1}""", Keep("a", images[1]),
            """{"image": "c", "data": "AAAA"}""", """{"pair": ["a", "c"]}""", "", """{"forget": "d"}""", """{"forget": "b"}""", """{"pair": ["a", "b"]}""", "\u0001", """{"pair": ["a", "a"]}""",
        ];

        var answers = await Judge(string.Join('\n', lines), "");

        Assert.Equal(
            ["3 malformed", "4 not-found", "5 malformed", "6 malformed", "7 conflict", "9 invalid", "11 not-found", "13 not-found", "14 malformed", "15 same"],
            answers.Select(answer => string.Create(CultureInfo.InvariantCulture, $"{answer.GetProperty("line").GetInt32()} {Word(answer)}")));
        Assert.StartsWith("c ", answers[5].GetProperty("problem").GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(422, answers[5].GetProperty("problem").GetProperty("status").GetInt32());
    }

    [Fact]
    public async Task Terms_in_the_query_hold_for_all_pairs()
    {
        await silo.Train();
        var images = await silo.Images(2);
        var body = $"{Inline(images[0], images[1])}\n{Inline(images[1], images[1])}";

        var answers = await Judge(body, "&prior=0.25&unsure=0&unsure=1&version=1");

        Assert.All(answers, answer => Assert.Equal(("unsure", 0.25), (Word(answer), answer.GetProperty("verdict").GetProperty("prior").GetDouble())));
    }

    [Theory]
    [InlineData("ensemble=nobody", 404, "not-found")]
    [InlineData("ensemble=trained&version=99", 404, "not-found")]
    [InlineData("ensemble=trained&prior=2", 422, "invalid")]
    [InlineData("ensemble=trained&unsure=0.5", 422, "invalid")]
    [InlineData("ensemble=trained&prior=much", 400, "malformed")]
    [InlineData("ensemble=trained&prior=0.1&prior=0.2", 400, "malformed")]
    [InlineData("ensemble=trained&priro=0.1", 400, "malformed")]
    public async Task Terms_that_are_not_valid_are_refused_before_anything_is_judged(string query, int status, string type)
    {
        await silo.Train();
        using var answer = await Send("""{"pair": ["a", "b"]}""", query);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.NotEmpty(await answer.Problem(type));
    }

    [Fact]
    public async Task Another_media_type_is_refused()
    {
        using var content = new StringContent("{}", null, "application/json");
        using var answer = await _http.PostAsync("verdicts/batch", content);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
    }

    [Fact]
    public async Task A_pair_is_answered_while_the_body_is_still_being_sent()
    {
        await silo.Train();
        var images = await silo.Images(2);
        using var connection = new TcpClient();
        await connection.ConnectAsync(silo.Address.Host, silo.Address.Port);
        await using var stream = connection.GetStream();
        using var reader = new StreamReader(stream);
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"POST /api/v1/verdicts/batch?ensemble={ApiSilo.Ensemble} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n"));
        await SendPart($"{Keep("a", images[0])}\n{Keep("b", images[1])}\n");

        for (var line = 3; line < 6; line++)
        {
            await SendPart("{\"pair\": [\"a\", \"b\"]}\n");
            Assert.StartsWith($"{{\"line\":{line},\"verdict\":", await NextAnswer(), StringComparison.Ordinal);
        }

        await stream.WriteAsync("0\r\n\r\n"u8.ToArray());
        Assert.Equal("0", await reader.ReadLineAsync());

        async Task SendPart(string text) => await stream.WriteAsync(Encoding.ASCII.GetBytes($"{text.Length:x}\r\n{text}\r\n"));

        async Task<string> NextAnswer()
        {
            while (true)
            {
                var line = await reader.ReadLineAsync() ?? throw new EndOfStreamException();
                if (line.StartsWith('{'))
                {
                    Assert.Equal("", await reader.ReadLineAsync());
                    return line;
                }
            }
        }
    }

    [Fact]
    public async Task A_sender_who_does_not_read_the_answers_is_read_no_further_and_loses_none()
    {
        // More than the buffers of both ends hold.
        const int Pairs = 40_000;
        await silo.Train();
        var images = await silo.Images(2);
        using var connection = new TcpClient();
        await connection.ConnectAsync(silo.Address.Host, silo.Address.Port);
        await using var stream = connection.GetStream();
        var body = $"{Keep("a", images[0])}\n{Keep("b", images[1])}\n{string.Concat(Enumerable.Repeat("{\"pair\": [\"a\", \"b\"]}".PadRight(400) + "\n", Pairs))}";
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"POST /api/v1/verdicts/batch?ensemble={ApiSilo.Ensemble} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/x-ndjson\r\nContent-Length: {body.Length}\r\n\r\n"));
        var sent = 0;
        var sending = Task.Run(async () =>
        {
            foreach (var part in Encoding.ASCII.GetBytes(body).Chunk(64 * 1024))
            {
                await stream.WriteAsync(part);
                Interlocked.Add(ref sent, part.Length);
            }
        });
        int before;
        do
        {
            before = Volatile.Read(ref sent);
            await Task.Delay(1500);
        }
        while (before == 0 || before != Volatile.Read(ref sent));

        Assert.False(sending.IsCompleted);
        using var reader = new StreamReader(stream);
        var answers = 0;
        while (await reader.ReadLineAsync() is { } line)
            answers += line.StartsWith("{\"line\":", StringComparison.Ordinal) ? 1 : 0;
        await sending;
        Assert.Equal(Pairs, answers);
    }

    private static string Keep(string id, ImageFile image) => $$"""{"image": "{{id}}", "data": "{{Convert.ToBase64String(image.Bytes.AsSpan())}}"}""";

    private static string Inline(ImageFile first, ImageFile second) =>
        $$"""{"pair": [{"data": "{{Convert.ToBase64String(first.Bytes.AsSpan())}}"}, {"data": "{{Convert.ToBase64String(second.Bytes.AsSpan())}}"}]}""";

    /// <summary>The verdict in a word, or the type of the problem.</summary>
    private static string Word(JsonElement answer) => answer.TryGetProperty("verdict", out var verdict)
        ? verdict.GetProperty("verdict").GetString()!
        : answer.GetProperty("problem").GetProperty("type").GetString()!["urn:siamese:problem:".Length..];

    private async Task<JsonElement[]> Judge(string body, string terms)
    {
        using var answer = await Send(body, $"ensemble={ApiSilo.Ensemble}{terms}");
        Assert.Equal("application/x-ndjson", answer.Content.Headers.ContentType?.MediaType);
        var text = await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync();
        return [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<JsonElement>(line))];
    }

    private async Task<HttpResponseMessage> Send(string body, string query)
    {
        using var content = new StringContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
        return await _http.PostAsync($"verdicts/batch?{query}", content);
    }
}
