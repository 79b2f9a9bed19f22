using System.Diagnostics;
using Siamese.Client.Connections;
using Siamese.Contracts.Connections;
using Siamese.Contracts.Ensembles;

namespace Siamese.Bench.Chaos;

/// <summary>Clients that request verdicts at a steady rate, each over its own connection and with retries, as the product's client does.</summary>
internal sealed class SteadyVerdicts(IEnumerable<string> gateways, string ensemble, ImageFile[] images, TlsFiles tls)
{
    private const int Callers = 8;

    /// <summary>An answer: when its request was due, how long the call took, and whether the answer is the same as before.</summary>
    public sealed record Answer(TimeSpan Due, double Milliseconds, bool IsRight);

    private readonly ClusterChoice _choice = new([.. gateways.Select(GatewayAddress.Parse)], ClusterId: null, Slots: null) { Tls = tls };
    private readonly double?[] _distances = new double?[images.Length / 2];

    /// <summary>Judges each pair of images once, to learn the right answers.</summary>
    public async Task Learn()
    {
        await using var calls = New();
        for (var pair = 0; pair < _distances.Length; pair++)
            _distances[pair] = (await Ask(calls, pair)).Distance;
    }

    /// <summary>Requests verdicts evenly over a period. Throws if one is lost.</summary>
    public async Task<Answer[]> Run(int verdicts, TimeSpan length)
    {
        var connections = Enumerable.Range(0, Callers).Select(_ => New()).ToArray();
        try
        {
            await Task.WhenAll(connections.Select(calls => calls.Connect(CancellationToken.None)));
            var started = Stopwatch.GetTimestamp();
            var answers = await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(() => Call(caller, started))));
            return [.. answers.SelectMany(some => some).OrderBy(answer => answer.Due)];
        }
        finally
        {
            foreach (var calls in connections)
                await calls.DisposeAsync();
        }

        async Task<List<Answer>> Call(int caller, long started)
        {
            var calls = connections[caller];
            var mine = new List<Answer>();
            for (var i = caller; i < verdicts; i += Callers)
            {
                var due = length * i / verdicts;
                if (due - Stopwatch.GetElapsedTime(started) is var wait && wait > TimeSpan.Zero)
                    await Task.Delay(wait);
                var asked = Stopwatch.GetTimestamp();
                var verdict = await Ask(calls, i % _distances.Length);
                mine.Add(new Answer(due, Stopwatch.GetElapsedTime(asked).TotalMilliseconds, Math.Abs(verdict.Distance - _distances[i % _distances.Length]!.Value) < 1e-6));
            }

            return mine;
        }
    }

    private static Calls New(ClusterChoice choice) => new(new Connector(TextWriter.Null, TimeProvider.System), choice, TimeProvider.System);

    private Calls New() => New(_choice);

    private Task<Contracts.Ensembles.Verdict> Ask(Calls calls, int pair) =>
        calls.Make((cluster, token) => cluster.Verdicts(ensemble).Judge(images[2 * pair], images[(2 * pair) + 1], VerdictTerms.Default, token), CancellationToken.None);
}
