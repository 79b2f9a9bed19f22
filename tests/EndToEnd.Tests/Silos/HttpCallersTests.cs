using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Siamese.EndToEnd.Tests.Input;
using Siamese.EndToEnd.Tests.Processes;

namespace Siamese.EndToEnd.Tests.Silos;

/// <summary>Callers of the HTTP API of a cluster with two silos, of which one is killed.</summary>
public sealed class HttpCallersTests
{
    private const int Callers = 32;
    private static readonly TimeSpan _before = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan _after = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(2);

    /// <summary>
    /// A caller whose connection breaks asks the other address, as it does after a 503 when the time that it states is over.
    /// </summary>
    [Fact]
    public async Task Callers_that_know_two_silos_get_the_right_verdict_although_one_silo_is_killed()
    {
        await using var home = new Home();
        var (one, two) = (HandStartedSilo.FreePort(), HandStartedSilo.FreePort());
        await using var stays = await Start(home, one);
        await using var killed = await Start(home, two);
        await home.Ask(["sweep", .. SmallData.InShortEpochs, "--margins", "1,2", "--epochs", "1", "--name", "asked", "--silo", stays.Gateway]);
        var samples = Directory.CreateDirectory(Path.Combine(home.Work, "samples")).FullName;
        (await home.Client("sample", "--out", samples, "--silo", stays.Gateway)).Exits(0);
        var images = Directory.GetFiles(samples).Order().Select(File.ReadAllBytes).ToArray();
        var addresses = new[] { Address(one), Address(two) };

        var right = new ConcurrentDictionary<int, double>();
        var (answers, busy, unexpected) = (0, 0, new ConcurrentQueue<string>());
        using var end = new CancellationTokenSource();
        var asking = Enumerable.Range(0, Callers).Select(caller => Task.Run(() => Ask(caller))).ToArray();
        await Answers(Callers, _before, "before the silo was killed");
        await killed.Kill();
        await Answers(Volatile.Read(ref answers) + (10 * Callers), _after, "after the silo was killed");
        await end.CancelAsync();
        await Task.WhenAll(asking);

        Assert.Empty(unexpected);

        // Waits until there are enough, and not less than the given time: answers to calls that the silo took with it come late.
        async Task Answers(int enough, TimeSpan atLeast, string when)
        {
            var start = Stopwatch.GetTimestamp();
            while (Stopwatch.GetElapsedTime(start) < (Volatile.Read(ref answers) < enough ? _patience : atLeast))
                await Task.Delay(50);
            Assert.True(Volatile.Read(ref answers) >= enough, $"{answers} of {enough} verdicts {when}, {busy} times 503; unexpected: {string.Join("; ", unexpected)}");
        }

        async Task Ask(int caller)
        {
            using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(60) };
            for (var call = caller; !end.IsCancellationRequested; call++)
            {
                var pair = call % (images.Length - 1);
                using var form = new MultipartFormDataContent
                {
                    { new ByteArrayContent(images[pair]), "first", "first.png" },
                    { new ByteArrayContent(images[pair + 1]), "second", "second.png" },
                };
                try
                {
                    using var answer = await http.PostAsync(addresses[call % 2], form, CancellationToken.None);
                    await Check(answer, pair);
                }
                catch (HttpRequestException)
                {
                    // The connection broke, or nobody listens there any more.
                }
            }
        }

        async Task Check(HttpResponseMessage answer, int pair)
        {
            using var document = await JsonDocument.ParseAsync(await answer.Content.ReadAsStreamAsync());
            if (answer.StatusCode is HttpStatusCode.OK)
            {
                var distance = document.RootElement.GetProperty("distance").GetDouble();
                if (Math.Abs(right.GetOrAdd(pair, distance) - distance) > 1e-4)
                    unexpected.Enqueue($"Pair {pair} has the distance {distance}, and {right[pair]} before.");
                Interlocked.Increment(ref answers);
            }
            else if (answer.StatusCode is HttpStatusCode.ServiceUnavailable && answer.Headers.RetryAfter?.Delta is { } pause)
            {
                Interlocked.Increment(ref busy);
                await Task.Delay(pause);
            }
            else
            {
                unexpected.Enqueue($"{(int)answer.StatusCode}: {document.RootElement}");
            }
        }
    }

    private static Uri Address(int port) => new($"http://127.0.0.1:{port}/api/v1/verdicts");

    private static Task<HandStartedSilo> Start(Home home, int http) =>
        HandStartedSilo.Start(home, "--slots", "1", "--store", $"sqlite:{Path.Combine(home.Work, "shared.db")}", "--http", $"{http}");
}
